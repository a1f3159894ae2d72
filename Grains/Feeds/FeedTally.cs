namespace Hts.Feeds;

/// <summary>What happened on one symbol's feed since the last count.</summary>
/// <param name="LateTrades">Trades that came after their bar was closed.</param>
/// <param name="Duplicates">Trades that came again.</param>
/// <param name="Invalid">Trades with impossible values.</param>
/// <param name="Repaired">Trades that the stream did not bring and REST did.</param>
/// <param name="Outages">Times the connection was lost.</param>
public readonly record struct FeedTally(long LateTrades, long Duplicates, long Invalid, long Repaired, long Outages)
{
    public bool IsEmpty => this == default;

    public FeedTally Plus(in FeedTally more) => new(
        LateTrades + more.LateTrades, Duplicates + more.Duplicates, Invalid + more.Invalid, Repaired + more.Repaired, Outages + more.Outages);
}
