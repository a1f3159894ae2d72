namespace Hts.Ledgers;

/// <summary>One prediction, or the reason why there is none. Arrays are in the order of the strategy set, returns in percent.</summary>
/// <param name="BaseTs">Instant of decision, Unix ms on the slot grid.</param>
/// <param name="Role">"champion" or the name of a shadow.</param>
/// <param name="Epoch">Number of the promotion that served; null when no model served.</param>
/// <param name="PredictedPct">Net return per strategy; null when nothing was predicted.</param>
/// <param name="Pick">Strategy to run; null for none.</param>
/// <param name="Reason">Why this pick, or why none.</param>
/// <param name="FeaturesHash">Hash of the feature vector, to rebuild and compare.</param>
public sealed record LedgerRow(
    string Symbol,
    long BaseTs,
    string Role,
    string? ModelVersion,
    long? Epoch,
    long TargetTs,
    double[]? PredictedPct,
    double[]? LowerPct,
    double[]? UpperPct,
    string? Pick,
    string Reason,
    string? FeaturesHash,
    long CreatedAt)
{
    /// <summary>Expected standard deviation of the slot's return, a fraction: the scale of errors. Null when nothing was predicted.</summary>
    public double? SigmaSlot { get; init; }

    /// <summary>Predicted return before cost; null when nothing was predicted.</summary>
    public double[]? GrossPct { get; init; }

    /// <summary>1 for each strategy whose own position stood at the decision, else 0; null when nothing was predicted.</summary>
    public int[]? Stands { get; init; }
}
