namespace Hts.Models;

/// <summary>Names of the members and of their average, as artefacts and command lines spell them.</summary>
public static class MemberKinds
{
    /// <summary>Means by "does the strategy's own position stand": the reference every other member must beat.</summary>
    public const string Cond = "cond";

    /// <summary>Linear model with a penalty per target and feature block.</summary>
    public const string Ridge = "ridge";

    /// <summary>Multilayer perceptron.</summary>
    public const string Mlp = "mlp";

    /// <summary>Small boosted trees.</summary>
    public const string Trees = "trees";

    /// <summary>Mean of the members that passed.</summary>
    public const string Average = "average";

    /// <summary>A net over the embeddings alone, read from PyTorch; not trained here.</summary>
    public const string EmbeddingNet = "embedding_net";

    /// <summary>All that can be asked for by name; the average comes by itself.</summary>
    public static IReadOnlyList<string> All { get; } = [Cond, Ridge, Mlp, Trees];
}
