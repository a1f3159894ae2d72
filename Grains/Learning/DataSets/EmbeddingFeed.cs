using Hts.Embeddings;

namespace Hts.DataSets;

/// <summary>
/// Hands stored embeddings to the shelves in the order in which they became known, so that each row sees what a live market would have
/// had on its shelves at that instant.
/// </summary>
internal sealed class EmbeddingFeed(IAsyncEnumerator<EmbeddingPair> stored) : IAsyncDisposable
{
    private readonly PriorityQueue<(Embedding Embedding, EmbeddingShelf Shelf), (long KnownAtMs, long BaseTs)> waiting = new();
    private EmbeddingPair next;
    private bool hasNext;
    private bool started;

    public EmbeddingShelf A { get; } = new();

    public EmbeddingShelf B { get; } = new();

    /// <summary>Hash of which embeddings were put on the shelves so far, in whatever order.</summary>
    public ulong Taken { get; private set; }

    /// <summary>Puts all that was known by <paramref name="baseTs"/> on the shelves. Instants must ascend.</summary>
    public async ValueTask AdvanceTo(long baseTs)
    {
        if (!started)
        {
            started = true;
            await Read();
        }
        for (; hasNext && next.BaseTs <= baseTs; await Read())
        {
            if (next.A is { } a)
                waiting.Enqueue((a, A), (a.KnownAtMs, a.BaseTs));
            if (next.B is { } b)
                waiting.Enqueue((b, B), (b.KnownAtMs, b.BaseTs));
        }
        while (waiting.TryPeek(out var first, out var order) && order.KnownAtMs <= baseTs)
        {
            waiting.Dequeue();
            first.Shelf.Add(first.Embedding);
            Taken += RowSample.Mix(RowSample.Mix((ulong)first.Embedding.BaseTs) ^ (ulong)first.Embedding.KnownAtMs);
        }
    }

    public ValueTask DisposeAsync() => stored.DisposeAsync();

    private async ValueTask Read()
    {
        hasNext = await stored.MoveNextAsync();
        if (hasNext)
            next = stored.Current;
    }
}
