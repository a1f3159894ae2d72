namespace Hts.Embeddings;

/// <summary>Texts and their embeddings for one symbol and instant of decision.</summary>
/// <param name="A">Embedding of text A, 256 values; null when there is none.</param>
/// <param name="B">Embedding of text B, 256 values; null when there is none.</param>
/// <param name="Model">Name of the embedder.</param>
/// <param name="KnownAt">When the embeddings could first have been known, Unix ms.</param>
/// <param name="ReceivedAt">When back-filled ones came in, Unix ms, which is later; null for those known since they came in.</param>
public sealed record EmbeddingRow(
    string Symbol, long BaseTs, string? TextA, string? TextB, float[]? A, float[]? B, string Model, long KnownAt, long? ReceivedAt = null);
