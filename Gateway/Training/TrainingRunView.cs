using System.Text.Json;
using Hts.Json;

namespace Hts.Training;

/// <summary>One run of the history.</summary>
/// <param name="Decision">What the gate compared and decided; null when it has not.</param>
/// <param name="Place">Where it trains or trained, such as "ml.g4dn.xlarge" or "local"; null before it has a place.</param>
/// <param name="EstimatedSeconds">What earlier runs took at that place; null when there were none.</param>
/// <param name="BillableSeconds">Seconds that its places billed, or that it ran where nothing is billed; null when not known.</param>
/// <param name="Cost">In the currency of the configured prices; null when its places have none.</param>
internal sealed record TrainingRunView(
    string JobName, UtcTime RunTs, string State, UtcTime StartedAt, UtcTime? FinishedAt, long? Rows, string? ModelVersion, string Backend, string Reason,
    JsonElement? Decision, string? Place, double? EstimatedSeconds, double? BillableSeconds, double? Cost)
{
    public static TrainingRunView From(TrainingRunMessage m) => new(
        m.JobName, new UtcTime(m.RunTs), m.State, new UtcTime(m.StartedAt), UtcTime.From(m.FinishedAt), m.Rows, m.ModelVersion, m.Backend, m.Reason,
        m.DecisionJson is null ? null : RawJson.Parse(m.DecisionJson), m.Place, m.EstimatedSeconds, m.BillableSeconds, m.Cost);
}
