namespace Hts.Training;

/// <summary>A run's stay at one place.</summary>
/// <param name="Submitted">True once the place has taken the job.</param>
/// <param name="Refusal">Why the place would not train; null unless it refused.</param>
/// <param name="EstimatedSeconds">What earlier trainings took there; null when there were none.</param>
/// <param name="Seconds">What it took; null when it has not ended or that is not known.</param>
/// <param name="Amount">What that cost; null when the place has no price.</param>
[GenerateSerializer, Immutable, Alias("hts.training-visit")]
public sealed record TrainingVisit(
    [property: Id(0)] string Place,
    [property: Id(1)] bool Submitted,
    [property: Id(2)] string? Refusal,
    [property: Id(3)] double? EstimatedSeconds,
    [property: Id(4)] double? Seconds,
    [property: Id(5)] double? Amount)
{
    public TrainingVisit After(TrainingOutcome outcome) => this with
    {
        Submitted = Submitted || outcome.State is "running" or "completed",
        Refusal = outcome.State == "refused" ? outcome.Failure ?? "no reason given" : Refusal,
        Seconds = outcome.Cost?.Seconds ?? Seconds,
        Amount = outcome.Cost?.Amount ?? Amount,
    };
}
