namespace Hts.Feeds;

/// <summary>How sure a feed is that it has all trades that the exchange had up to its newest one.</summary>
internal enum FeedTrust
{
    Proven,

    /// <summary>Some may be missing; the next trade tells by its id, REST tells in any case.</summary>
    Doubted,

    /// <summary>Some were dropped behind those that wait: only REST can tell.</summary>
    Broken,
}
