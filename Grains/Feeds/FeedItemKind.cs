namespace Hts.Feeds;

internal enum FeedItemKind
{
    Trade,
    Heartbeat,

    /// <summary>A new subscription stands: what was traded before it must be fetched.</summary>
    Connected,
}
