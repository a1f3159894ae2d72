namespace Hts.Training;

/// <summary>What a job took.</summary>
/// <param name="Seconds">Billable seconds where the place bills, else those that the training ran.</param>
/// <param name="Amount">In the currency of the configured prices; null when the place has no price.</param>
public sealed record TrainingCost(double Seconds, double? Amount);
