using Hts.Json;

namespace Hts.Training;

/// <summary>What the training is doing.</summary>
/// <param name="State">"idle", "preparing", "training", "evaluating", "promoted", "rejected" or "failed".</param>
internal sealed record TrainingStateView(string State, string JobName, UtcTime? RunTs, string Reason, UtcTime? NextRunAt)
{
    public static TrainingStateView From(TrainingStateMessage m) => new(m.State, m.JobName, Known(m.RunTs), m.Reason, Known(m.NextRunAt));

    private static UtcTime? Known(long ts) => ts == 0 ? null : new UtcTime(ts);
}
