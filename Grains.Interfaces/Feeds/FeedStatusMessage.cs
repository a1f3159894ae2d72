namespace Hts.Feeds;

/// <summary>How one symbol's feed is doing.</summary>
/// <param name="State">"loading", "live", "lost" or "halted".</param>
/// <param name="LagSeconds">Market seconds since the feed was last known to be healthy; null before the first time.</param>
/// <param name="Detail">Why, in words; empty when there is nothing to explain.</param>
/// <param name="Backfill">While history is fetched; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("hts.feed-status")]
public sealed record FeedStatusMessage(
    [property: Id(0)] string Symbol,
    [property: Id(1)] string State,
    [property: Id(2)] double? LagSeconds,
    [property: Id(3)] string Detail,
    [property: Id(4)] BackfillProgress? Backfill = null);
