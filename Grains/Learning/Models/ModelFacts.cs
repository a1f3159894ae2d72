namespace Hts.Models;

/// <summary>What a model was made of and for; everything that must fit before it may serve.</summary>
public sealed record ModelFacts
{
    /// <summary>Names of the strategies, in the set's order.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>Hash of the strategies with their parameters.</summary>
    public required string StrategySetHash { get; init; }

    /// <summary>Hash of the feature schema.</summary>
    public required string FeatureSchemaHash { get; init; }

    /// <summary>Number of features.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>Cost of one fill, a fraction of the price.</summary>
    public required double CostPerFill { get; init; }

    /// <summary>Length of a slot, ms: training reached up to <see cref="TrainedUntilTs"/>, that far beyond the last base_ts.</summary>
    public required long SlotMs { get; init; }

    /// <summary>First base_ts that any part of the training saw, Unix ms UTC.</summary>
    public required long TrainedFromTs { get; init; }

    /// <summary>End of the last outcome that fitting or choosing saw, Unix ms UTC: a fair test begins after it.</summary>
    public required long TrainedUntilTs { get; init; }

    /// <summary>Mean net return of each strategy over the rows fitted on, fractions: the baseline a model is scored against.</summary>
    public required double[] MeanNet { get; init; }

    /// <summary>Rows fitted on.</summary>
    public required int Rows { get; init; }

    /// <summary>Symbols pooled.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Seed of everything random in the training.</summary>
    public required int Seed { get; init; }
}
