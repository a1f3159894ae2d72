namespace Hts.Training;

/// <summary>One training run, from its hour to its verdict.</summary>
/// <param name="JobName">Unique and stable: a resumed run keeps it.</param>
/// <param name="RunTs">The hour it belongs to, Unix ms.</param>
/// <param name="State">"preparing", "training", "evaluating", "promoted", "rejected", "failed", or "skipped" when its hour passed without a training.</param>
/// <param name="Rows">Rows of the data set; null before it is prepared.</param>
/// <param name="Reason">Why it ended as it did, or what it waits for.</param>
/// <param name="Place">Where it trains or trained; null before it has a place.</param>
/// <param name="EstimatedSeconds">What earlier runs took at that place; null when there were none.</param>
/// <param name="BillableSeconds">Seconds that its places billed, or that it ran where nothing is billed; null when not known.</param>
/// <param name="Cost">In the currency of the configured prices; null when its places have none.</param>
public sealed record TrainingRunRow(
    string JobName,
    long RunTs,
    string State,
    long StartedAt,
    long? FinishedAt,
    long? Rows,
    string? ModelVersion,
    string Backend,
    string Reason,
    string? Place = null,
    double? EstimatedSeconds = null,
    double? BillableSeconds = null,
    double? Cost = null);
