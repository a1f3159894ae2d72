namespace Hts.Training;

/// <summary>One training run of the history; times in Unix ms.</summary>
/// <param name="DecisionJson">The gate's decision with its numbers; null when it has not decided on the run.</param>
/// <param name="Place">Where it trains or trained; null before it has a place.</param>
/// <param name="EstimatedSeconds">What earlier runs took at that place; null when there were none.</param>
/// <param name="BillableSeconds">Seconds that its places billed, or that it ran where nothing is billed; null when not known.</param>
/// <param name="Cost">In the currency of the configured prices; null when its places have none.</param>
[GenerateSerializer, Immutable, Alias("hts.training-run")]
public sealed record TrainingRunMessage(
    [property: Id(0)] string JobName,
    [property: Id(1)] long RunTs,
    [property: Id(2)] string State,
    [property: Id(3)] long StartedAt,
    [property: Id(4)] long? FinishedAt,
    [property: Id(5)] long? Rows,
    [property: Id(6)] string? ModelVersion,
    [property: Id(7)] string Backend,
    [property: Id(8)] string Reason,
    [property: Id(9)] string? DecisionJson = null,
    [property: Id(10)] string? Place = null,
    [property: Id(11)] double? EstimatedSeconds = null,
    [property: Id(12)] double? BillableSeconds = null,
    [property: Id(13)] double? Cost = null);
