namespace Hts.Training;

/// <summary>State of a job at a backend.</summary>
/// <param name="State">"running", "completed" or "failed".</param>
/// <param name="Failure">Why it failed, in one line.</param>
/// <param name="Result">Set when completed.</param>
public sealed record TrainingOutcome(string State, string? Failure, TrainingResult? Result)
{
    public static TrainingOutcome Running { get; } = new("running", null, null);

    public static TrainingOutcome Failed(string why) => new("failed", why, null);

    public static TrainingOutcome Completed(TrainingResult result) => new("completed", null, result);
}
