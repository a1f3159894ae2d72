using Hts.Json;
using Hts.Live;

namespace Hts.Symbols;

/// <summary>A symbol and how it is doing.</summary>
/// <param name="Detail">Why its feed is as it is, in words; empty when there is nothing to explain.</param>
/// <param name="Backfill">While history is fetched; null otherwise.</param>
internal sealed record SymbolView(
    string Symbol, string State, UtcTime AddedAt, UtcTime? FirstSlot, UtcTime? StoppedAt, double? LagSeconds, UtcTime? LastBarTs, double? LastClose,
    string Detail, BackfillView? Backfill)
{
    public static SymbolView From(SymbolMessage m) => new(
        m.Name, m.State, new UtcTime(m.AddedAt), UtcTime.From(m.FirstSlot), UtcTime.From(m.StoppedAt), m.LagSeconds, UtcTime.From(m.LastBarTs), m.LastClose,
        m.Detail, BackfillView.Of(m.Backfill));
}
