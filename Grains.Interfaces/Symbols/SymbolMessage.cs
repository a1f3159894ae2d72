using Hts.Feeds;

namespace Hts.Symbols;

/// <summary>A symbol and how it is doing; times in Unix ms.</summary>
/// <param name="State">"loading" until history is there, then "live", "lost" when the feed is down, "halted", "stopped".</param>
/// <param name="LagSeconds">Age of the newest proof that the feed is healthy; null when it was never connected.</param>
/// <param name="Detail">Why the feed is as it is, in words; empty when there is nothing to explain.</param>
/// <param name="Backfill">While history is fetched; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("hts.symbol")]
public sealed record SymbolMessage(
    [property: Id(0)] string Name,
    [property: Id(1)] string State,
    [property: Id(2)] long AddedAt,
    [property: Id(3)] long? FirstSlot,
    [property: Id(4)] long? StoppedAt,
    [property: Id(5)] double? LagSeconds,
    [property: Id(6)] long? LastBarTs,
    [property: Id(7)] double? LastClose,
    [property: Id(8)] string Detail = "",
    [property: Id(9)] BackfillProgress? Backfill = null);
