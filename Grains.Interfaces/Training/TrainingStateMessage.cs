namespace Hts.Training;

/// <summary>What the training is doing.</summary>
/// <param name="State">"idle", "preparing", "training", "evaluating", "promoted", "rejected" or "failed".</param>
/// <param name="RunTs">The hour of the run, Unix ms; 0 before the first.</param>
/// <param name="RetryAt">When a failed run is tried again, Unix ms; null when it is not.</param>
[GenerateSerializer, Immutable, Alias("hts.training-state")]
public sealed record TrainingStateMessage(
    [property: Id(0)] string State,
    [property: Id(1)] string JobName,
    [property: Id(2)] long RunTs,
    [property: Id(3)] string Reason,
    [property: Id(4)] long NextRunAt,
    [property: Id(5)] long? RetryAt = null);
