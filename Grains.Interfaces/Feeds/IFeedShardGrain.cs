namespace Hts.Feeds;

/// <summary>One connection to the exchange for a share of the symbols; the key is the shard's number.</summary>
[Alias("hts.feed-shard")]
public interface IFeedShardGrain : IGrainWithIntegerKey
{
    /// <summary>Makes sure that the shard runs and carries exactly the active symbols dealt to it; safe to repeat.</summary>
    [Alias("refresh")]
    Task Refresh();

    [Alias("status")]
    Task<IReadOnlyList<FeedStatusMessage>> Status();
}
