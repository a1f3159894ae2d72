namespace Hts.Training;

/// <summary>One training run of the history; times in Unix ms.</summary>
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
    [property: Id(8)] string Reason);
