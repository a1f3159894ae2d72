using Hts.Gates;
using Hts.Models;

namespace Hts.Training;

/// <summary>The training machine's persisted state: enough to carry on after a crash with the same job name.</summary>
[GenerateSerializer, Alias("hts.training-progress")]
public sealed class TrainingRunProgress
{
    [Id(0)] public string State { get; set; } = "idle";

    [Id(1)] public string JobName { get; set; } = "";

    [Id(2)] public long RunTs { get; set; }

    [Id(3)] public long StartedAt { get; set; }

    [Id(4)] public string Reason { get; set; } = "";

    [Id(5)] public string TrainUri { get; set; } = "";

    [Id(6)] public long Rows { get; set; }

    [Id(7)] public string? ChampionUri { get; set; }

    [Id(8)] public string? ChampionVersion { get; set; }

    /// <summary>The places that the run has been at, in order; the last one is where it is.</summary>
    [Id(9)] public TrainingVisit[] Visits { get; set; } = [];

    /// <summary>How often the training of this instant was begun.</summary>
    [Id(10)] public int Attempt { get; set; } = 1;

    /// <summary>When the failed run is tried again, Unix ms; null when it is not.</summary>
    [Id(11)] public long? RetryAt { get; set; }

    [Id(12)] public string? ChampionSha256 { get; set; }

    /// <summary>Where the run is; null before it has a place.</summary>
    public TrainingVisit? Visit => Visits.Length == 0 ? null : Visits[^1];

    /// <summary>Seconds of all places together; null when none is known.</summary>
    public double? Seconds => Sum(v => v.Seconds);

    /// <summary>Cost of all places together; null when none is known.</summary>
    public double? Amount => Sum(v => v.Amount);

    public bool UnderWay => State is "preparing" or "training" or "evaluating";

    /// <summary>The catalogue's row of the model that the run made.</summary>
    public ModelRow Model(TrainingResult result, GateDecision decision, long createdAt) => new(
        result.Version, result.Kind, decision.Promote ? "candidate" : "rejected", null, null, result.Uri, result.Sha256, JobName, TrainUri,
        createdAt, decision.Reason, result.MeanPct, result.MetricsJson, GateJson.Write(decision));

    private double? Sum(Func<TrainingVisit, double?> of) => Visits.Any(v => of(v) is not null) ? Visits.Sum(of) : null;
}
