using Hts.Json;

namespace Hts.Symbols;

/// <summary>A symbol and how it is doing.</summary>
internal sealed record SymbolView(
    string Symbol, string State, UtcTime AddedAt, UtcTime? FirstSlot, UtcTime? StoppedAt, double? LagSeconds, UtcTime? LastBarTs, double? LastClose)
{
    public static SymbolView From(SymbolMessage m) => new(
        m.Name, m.State, new UtcTime(m.AddedAt), UtcTime.From(m.FirstSlot), UtcTime.From(m.StoppedAt), m.LagSeconds, UtcTime.From(m.LastBarTs), m.LastClose);
}
