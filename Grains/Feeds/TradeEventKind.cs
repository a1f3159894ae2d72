namespace Hts.Feeds;

/// <summary>What a live connection tells of.</summary>
public enum TradeEventKind
{
    /// <summary>A trade of one symbol.</summary>
    Trade,

    /// <summary>Everything that the exchange had sent before an instant has been delivered.</summary>
    Heartbeat,

    /// <summary>A symbol's subscription stands: what was traded before must be fetched.</summary>
    Subscribed,

    /// <summary>A message could not be read: a trade of any symbol may be missing.</summary>
    Doubt,

    /// <summary>The connection was lost. Told by its owner, not by the connection.</summary>
    Lost,
}
