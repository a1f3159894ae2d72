namespace Hts.Embeddings;

/// <summary>
/// The newest embeddings of one symbol and kind, and which of them a row may use: the one with the latest
/// <see cref="Embedding.BaseTs"/> among those known at the row's base_ts. Adding a later one never changes the answer for an earlier row.
/// Not safe for concurrent use.
/// </summary>
/// <param name="capacity">How many are kept; the oldest by <see cref="Embedding.BaseTs"/> go first.</param>
public sealed class EmbeddingShelf(int capacity = 8)
{
    private readonly List<Embedding> sorted = new(capacity + 1);
    private long forgottenUntil = long.MinValue;

    /// <summary>Kept embeddings, oldest first.</summary>
    public IReadOnlyList<Embedding> Kept => sorted;

    /// <summary>Takes an embedding in any order of time. One of a base_ts that is already there is ignored: the first one known stays.</summary>
    /// <returns>False when it was ignored.</returns>
    /// <exception cref="ArgumentException">The number of values is wrong, or one is not finite.</exception>
    public bool Add(Embedding embedding)
    {
        Check(embedding);
        var place = sorted.Count;
        while (place > 0 && sorted[place - 1].BaseTs > embedding.BaseTs)
            place--;
        if (place > 0 && sorted[place - 1].BaseTs == embedding.BaseTs)
            return false;
        if (embedding.BaseTs <= forgottenUntil)
            return false;
        sorted.Insert(place, embedding);
        if (sorted.Count > capacity)
        {
            forgottenUntil = sorted[0].BaseTs;
            sorted.RemoveAt(0);
        }

        return true;
    }

    /// <summary>The embedding that a row of <paramref name="baseTs"/> uses; null when none was known by then.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer may be one that is no longer kept.</exception>
    public Embedding? Newest(long baseTs)
    {
        for (var i = sorted.Count - 1; i >= 0; i--)
            if (sorted[i].IsKnownAt(baseTs))
                return sorted[i];
        if (forgottenUntil != long.MinValue)
            throw new ArgumentOutOfRangeException(nameof(baseTs), baseTs, $"Only the newest {capacity} embeddings are kept.");
        return null;
    }

    private static void Check(Embedding embedding)
    {
        if (embedding.Values.Length != HashingEmbedder.Dimensions)
            throw new ArgumentException($"An embedding has {HashingEmbedder.Dimensions} values, this one {embedding.Values.Length}.", nameof(embedding));
        foreach (var value in embedding.Values.Span)
            if (!float.IsFinite(value))
                throw new ArgumentException($"An embedding's values are finite, this one holds {value}.", nameof(embedding));
    }
}
