using Hts.Json;

namespace Hts.Training;

/// <summary>One run of the history.</summary>
internal sealed record TrainingRunView(
    string JobName, UtcTime RunTs, string State, UtcTime StartedAt, UtcTime? FinishedAt, long? Rows, string? ModelVersion, string Backend, string Reason)
{
    public static TrainingRunView From(TrainingRunMessage m) => new(
        m.JobName, new UtcTime(m.RunTs), m.State, new UtcTime(m.StartedAt), UtcTime.From(m.FinishedAt), m.Rows, m.ModelVersion, m.Backend, m.Reason);
}
