using Hts.Bars;

namespace Hts.Postgres;

/// <summary>Bars of one call.</summary>
/// <param name="Beside">True when they do not come through their symbol's market.</param>
internal sealed record BarWrite(string Symbol, IReadOnlyList<StoredBar> Bars, bool Beside = false);
