using Orleans.Concurrency;

namespace Hts.Markets;

/// <summary>One symbol's market; the key is the symbol's name in upper case.</summary>
[Alias("hts.market")]
public interface IMarketGrain : IGrainWithStringKey
{
    /// <summary>Takes bars in any order, repeats included; returns when all accepted ones are durable.</summary>
    [Alias("append")]
    Task<AppendResult> Append(IReadOnlyList<BarMessage> bars);

    /// <summary>Marks a hole that the feed could not repair.</summary>
    [Alias("mark-gap")]
    Task MarkGap(GapMessage gap);

    /// <summary>Features at a slot boundary from facts known by then; <paramref name="leader"/> is the leading symbol's answer.</summary>
    [Alias("features")]
    Task<FeaturesReply> Features(long baseTs, LeaderReply? leader);

    /// <summary>Returns of this symbol at a slot boundary, for others that follow it.</summary>
    [Alias("leader-returns")]
    Task<LeaderReply> LeaderReturns(long baseTs);

    /// <summary>Label of the window that starts at <paramref name="baseTs"/>.</summary>
    [Alias("outcome")]
    Task<OutcomeReply> Outcome(long baseTs);

    /// <summary>Stores texts and embeddings; null when taken, else the broken rule.</summary>
    [Alias("add-embedding")]
    Task<string?> AddEmbedding(EmbeddingMessage embedding);

    [ReadOnly, Alias("cursor")]
    Task<FeedCursor> Cursor();
}
