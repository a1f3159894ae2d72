namespace Hts.Artefacts;

/// <summary>The document metadata.json of an artefact. Names are in snake case; every member is required, none may be added.</summary>
internal sealed record ArtefactMetadata
{
    public const int CurrentVersion = 1;

    /// <summary>The kind of model this program trains; others would bring a reader of their own.</summary>
    public const string ComposedKind = "composed";

    public required int FormatVersion { get; init; }

    public required string Kind { get; init; }

    /// <summary>Kinds of the members; empty for the cond table alone.</summary>
    public required string[] Members { get; init; }

    public required string[] Strategies { get; init; }

    public required string StrategySetHash { get; init; }

    public required string FeatureSchemaHash { get; init; }

    public required int FeatureCount { get; init; }

    public required double CostPerFill { get; init; }

    public required long SlotMs { get; init; }

    public required long TrainedFromTs { get; init; }

    public required long TrainedUntilTs { get; init; }

    public required double[] MeanNet { get; init; }

    public required int Rows { get; init; }

    public required string[] Symbols { get; init; }

    public required int Seed { get; init; }

    /// <summary>Outputs of each layer of the perceptron; empty without one.</summary>
    public required int[] Sizes { get; init; }

    public required double Slope { get; init; }

    /// <summary>Lowest value of each output.</summary>
    public required double[] RangeLow { get; init; }

    /// <summary>Highest value of each output.</summary>
    public required double[] RangeHigh { get; init; }

    /// <summary>Strategies × 2 (flat, standing), σ units.</summary>
    public required double[] IntervalLower { get; init; }

    public required double[] IntervalUpper { get; init; }

    /// <summary>Scores on the test part, by name; for people and the catalogue, never read to decide.</summary>
    public required Dictionary<string, double> Metrics { get; init; }

    /// <summary>Lower-case hex SHA-256 of model.safetensors: binds the two entries together.</summary>
    public required string TensorsSha256 { get; init; }
}
