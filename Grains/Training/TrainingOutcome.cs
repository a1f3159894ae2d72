namespace Hts.Training;

/// <summary>State of a job at its place.</summary>
/// <param name="State">
/// "running", "completed", "failed" (the training itself: it would fail anywhere) or "refused" (the place: another one may do).
/// </param>
/// <param name="Failure">Why it failed or was refused, in one line.</param>
/// <param name="Result">Set when completed.</param>
/// <param name="Cost">What it took, when it ended and that is known.</param>
public sealed record TrainingOutcome(string State, string? Failure, TrainingResult? Result, TrainingCost? Cost = null)
{
    public static TrainingOutcome Running { get; } = new("running", null, null);

    public static TrainingOutcome Failed(string why, TrainingCost? cost = null) => new("failed", why, null, cost);

    public static TrainingOutcome Refused(string why, TrainingCost? cost = null) => new("refused", why, null, cost);

    public static TrainingOutcome Completed(TrainingResult result, TrainingCost? cost = null) => new("completed", null, result, cost);
}
