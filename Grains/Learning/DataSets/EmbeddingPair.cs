using Hts.Embeddings;

namespace Hts.DataSets;

/// <summary>Embeddings of the two texts of one instant, as far as there are any.</summary>
/// <param name="A">Text A.</param>
/// <param name="B">Text B.</param>
public readonly record struct EmbeddingPair(Embedding? A, Embedding? B)
{
    internal long BaseTs => (A ?? B)?.BaseTs ?? throw new ArgumentException("A pair without any embedding.");
}
