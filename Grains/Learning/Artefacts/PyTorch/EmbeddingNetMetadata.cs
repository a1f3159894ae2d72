namespace Hts.Artefacts.PyTorch;

/// <summary>What stands beside a PyTorch model: metadata.json with snake case names.</summary>
internal sealed record EmbeddingNetMetadata
{
    /// <summary>Numbers of a row: both embeddings.</summary>
    public required int FeatureDim { get; init; }

    /// <summary>Widths of the hidden layers.</summary>
    public required int[] HiddenDims { get; init; }

    public required double Dropout { get; init; }

    public required bool UseLayernorm { get; init; }

    /// <summary>Names of the outputs, <c>strategy_return_pct</c>, in percent.</summary>
    public required string[] TargetCols { get; init; }

    /// <summary>The rule that the sizes break, or null.</summary>
    public string? BrokenRule()
    {
        if (FeatureDim is < 1 or > 65_536)
            return $"feature_dim of {FeatureDim}";
        if (HiddenDims.Length > 16 || !Array.TrueForAll(HiddenDims, width => width is > 0 and <= 65_536))
            return $"hidden_dims of [{string.Join(',', HiddenDims)}]";
        if (Dropout is not (>= 0 and < 1))
            return $"a dropout of {Dropout}";
        return TargetCols.Length is > 0 and <= 64 ? null : $"{TargetCols.Length} target_cols";
    }
}
