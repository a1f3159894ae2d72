namespace Hts.Embeddings;

/// <summary>Durable embeddings, key (symbol, base_ts).</summary>
public interface IEmbeddingStore
{
    /// <summary>Returns when durable. A null embedding leaves the stored one; known_at and received_at are then the later of the two.</summary>
    Task Write(EmbeddingRow row, CancellationToken cancellation);

    /// <summary>The newest rows with known_at &lt;= <paramref name="knownBy"/>, ascending by base_ts.</summary>
    Task<IReadOnlyList<EmbeddingRow>> ReadLast(string symbol, int count, long knownBy, CancellationToken cancellation);

    /// <summary>The rows that hold the newest embeddings of text A and of text B, so many of each, ascending by base_ts.</summary>
    Task<IReadOnlyList<EmbeddingRow>> ReadNewest(string symbol, int count, CancellationToken cancellation);

    /// <summary>The newest rows with base_ts below <paramref name="beforeTs"/>, ascending by base_ts.</summary>
    Task<IReadOnlyList<EmbeddingRow>> ReadBefore(string symbol, long beforeTs, int count, CancellationToken cancellation);

    IAsyncEnumerable<EmbeddingRow> Stream(string symbol, long fromTs, long toTs, CancellationToken cancellation);
}
