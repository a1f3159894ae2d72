namespace Hts.Markets;

/// <summary>Where a symbol's stored market ends: the feed carries on from here.</summary>
/// <param name="LastTs">Open time of the newest stored bar, Unix ms; null when there is none.</param>
/// <param name="LastClose">Its close.</param>
/// <param name="LastTradeId">Its last trade id; 0 when unknown.</param>
/// <param name="FirstTs">Open time of the oldest stored bar.</param>
[GenerateSerializer, Immutable, Alias("hts.feed-cursor")]
public sealed record FeedCursor(
    [property: Id(0)] long? LastTs,
    [property: Id(1)] double LastClose,
    [property: Id(2)] long LastTradeId,
    [property: Id(3)] long? FirstTs);
