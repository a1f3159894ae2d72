namespace Hts.Embeddings;

/// <summary>A text's vector and the times that say which rows may use it.</summary>
/// <param name="BaseTs">The instant the text describes, Unix ms UTC.</param>
/// <param name="KnownAtMs">When it could first be known, Unix ms UTC; a row uses it from then on.</param>
/// <param name="Values"><see cref="HashingEmbedder.Dimensions"/> finite values; not to be changed.</param>
public sealed record Embedding(long BaseTs, long KnownAtMs, ReadOnlyMemory<float> Values)
{
    /// <summary>When it came in, Unix ms UTC: later than <see cref="KnownAtMs"/> for one that was back-filled.</summary>
    public long ReceivedAtMs { get; init; } = KnownAtMs;

    /// <summary>The values when a row of <paramref name="baseTs"/> may know them.</summary>
    public bool IsKnownAt(long baseTs) => KnownAtMs <= baseTs && BaseTs <= baseTs;
}
