namespace Hts.Models;

/// <summary>A trained model and what became of it.</summary>
/// <param name="Version">Unique name, also that of its artefact's folder.</param>
/// <param name="State">"candidate", "champion", "retired" or "rejected".</param>
/// <param name="Epoch">Number of its latest promotion; null when it never served.</param>
/// <param name="EffectiveFrom">First slot it served from, Unix ms.</param>
/// <param name="Reason">Why it was promoted or refused.</param>
/// <param name="MeanPct">Training mean of the net return per strategy, percent: the baseline of its scores.</param>
/// <param name="MetricsJson">Scores of the training report.</param>
/// <param name="DecisionJson">Every number of the gate's decision.</param>
public sealed record ModelRow(
    string Version,
    string Kind,
    string State,
    long? Epoch,
    long? EffectiveFrom,
    string Uri,
    string Sha256,
    string JobName,
    string TrainUri,
    long CreatedAt,
    string Reason,
    double[] MeanPct,
    string MetricsJson,
    string DecisionJson)
{
    /// <summary>When it became the anchor, Unix ms; null when it never was. The newest is the anchor.</summary>
    public long? AnchorFrom { get; init; }
}
