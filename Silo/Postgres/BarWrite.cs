using Hts.Bars;

namespace Hts.Postgres;

/// <summary>Bars of one call.</summary>
internal sealed record BarWrite(string Symbol, IReadOnlyList<StoredBar> Bars);
