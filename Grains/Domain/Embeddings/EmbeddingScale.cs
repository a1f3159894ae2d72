namespace Hts.Embeddings;

/// <summary>How an embedding is scaled.</summary>
public enum EmbeddingScale
{
    /// <summary>Absolute values sum to 1.</summary>
    UnitSum,

    /// <summary>Squares sum to 1.</summary>
    UnitLength,
}
