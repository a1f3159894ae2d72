using System.Text.Json;
using Hts.Json;

namespace Hts.Models;

/// <summary>A model of the catalogue.</summary>
/// <param name="State">"candidate", "champion", "retired" or "rejected".</param>
/// <param name="Metrics">What its training measured.</param>
/// <param name="Decision">What the gate compared and decided.</param>
internal sealed record ModelView(
    string Version, string Kind, string State, long? Epoch, UtcTime? EffectiveFrom, string Uri, string Sha256, string JobName, string TrainUri,
    UtcTime CreatedAt, string Reason, JsonElement? Metrics, JsonElement? Decision)
{
    public static ModelView From(ModelMessage m) => new(
        m.Version, m.Kind, m.State, m.Epoch, UtcTime.From(m.EffectiveFrom), m.Uri, m.Sha256, m.JobName, m.TrainUri,
        new UtcTime(m.CreatedAt), m.Reason, RawJson.Parse(m.MetricsJson), RawJson.Parse(m.DecisionJson));
}
