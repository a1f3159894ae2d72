using Hts.Json;

namespace Hts.Training;

/// <summary>What the training is doing.</summary>
/// <param name="State">"idle", "preparing", "training", "evaluating", "promoted", "rejected" or "failed".</param>
/// <param name="RetryAt">When a failed run is tried again; null when it is not.</param>
internal sealed record TrainingStateView(string State, string JobName, UtcTime? RunTs, string Reason, UtcTime? NextRunAt, UtcTime? RetryAt)
{
    public static TrainingStateView From(TrainingStateMessage m) => new(m.State, m.JobName, Known(m.RunTs), m.Reason, Known(m.NextRunAt), UtcTime.From(m.RetryAt));

    private static UtcTime? Known(long ts) => ts == 0 ? null : new UtcTime(ts);
}
