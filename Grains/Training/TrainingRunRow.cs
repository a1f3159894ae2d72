namespace Hts.Training;

/// <summary>One training run, from its hour to its verdict.</summary>
/// <param name="JobName">Unique and stable: a resumed run keeps it.</param>
/// <param name="RunTs">The hour it belongs to, Unix ms.</param>
/// <param name="State">"preparing", "training", "evaluating", "promoted", "rejected" or "failed".</param>
/// <param name="Rows">Rows of the data set; null before it is prepared.</param>
/// <param name="Reason">Why it ended as it did, or what it waits for.</param>
public sealed record TrainingRunRow(
    string JobName,
    long RunTs,
    string State,
    long StartedAt,
    long? FinishedAt,
    long? Rows,
    string? ModelVersion,
    string Backend,
    string Reason);
