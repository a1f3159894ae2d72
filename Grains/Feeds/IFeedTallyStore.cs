namespace Hts.Feeds;

/// <summary>Durable counts of what happened on the feeds, per symbol and hour.</summary>
public interface IFeedTallyStore
{
    /// <summary>Adds to the counts of the hour that begins at <paramref name="hourTs"/>, Unix ms.</summary>
    Task Add(long hourTs, IReadOnlyCollection<KeyValuePair<string, FeedTally>> tallies, CancellationToken cancellation);

    /// <summary>The hours of a symbol that begin in [<paramref name="fromTs"/>, <paramref name="toTs"/>) and counted anything, by hour.</summary>
    Task<IReadOnlyDictionary<long, FeedTally>> Read(string symbol, long fromTs, long toTs, CancellationToken cancellation);
}
