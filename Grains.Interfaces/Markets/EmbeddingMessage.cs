namespace Hts.Markets;

/// <summary>Texts and embeddings for one instant of decision; an embedding has 256 finite values or is null.</summary>
/// <param name="KnownAt">When they could first have been known, Unix ms; null: on receipt. Far back makes them back-filled ones.</param>
[GenerateSerializer, Immutable, Alias("hts.embedding")]
public sealed record EmbeddingMessage(
    [property: Id(0)] long BaseTs,
    [property: Id(1)] string? TextA,
    [property: Id(2)] string? TextB,
    [property: Id(3)] float[]? A,
    [property: Id(4)] float[]? B,
    [property: Id(5)] string Model,
    [property: Id(6)] long? KnownAt);
