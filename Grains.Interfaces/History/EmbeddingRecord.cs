namespace Hts.History;

/// <summary>A stored pair of texts with what is known of their embeddings.</summary>
/// <param name="ReceivedAt">When back-filled ones came in, Unix ms; null for those known since they came in.</param>
[GenerateSerializer, Immutable, Alias("hts.embedding-record")]
public sealed record EmbeddingRecord(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long BaseTs,
    [property: Id(2)] string? TextA,
    [property: Id(3)] string? TextB,
    [property: Id(4)] bool HasA,
    [property: Id(5)] bool HasB,
    [property: Id(6)] string Model,
    [property: Id(7)] long KnownAt,
    [property: Id(8)] long? ReceivedAt = null);
