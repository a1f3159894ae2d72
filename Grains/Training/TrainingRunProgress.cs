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

    public bool UnderWay => State is "preparing" or "training" or "evaluating";
}
