using Hts.Gates;

namespace Hts.Training;

/// <summary>What a completed job left in object storage.</summary>
/// <param name="Version">The model's version name.</param>
/// <param name="Kind">The member, or average of members, that was chosen.</param>
/// <param name="Uri">Address of model.tar.gz.</param>
/// <param name="MeanPct">Training mean of the net return per strategy, percent.</param>
/// <param name="MetricsJson">Scores per member, strategy and pooled.</param>
/// <param name="Gate">What the training itself measured on slots it did not fit on.</param>
public sealed record TrainingResult(
    string Version, string Kind, string Uri, string Sha256, double[] MeanPct, string MetricsJson, GateInput Gate);
