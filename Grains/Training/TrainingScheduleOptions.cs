using Hts.Gates;

namespace Hts.Training;

/// <summary>Section "Training".</summary>
public sealed class TrainingScheduleOptions
{
    /// <summary>Market seconds between trainings; a multiple of the slot. The old name ML_INTERVAL_SECONDS works too.</summary>
    public int IntervalSeconds { get; set; } = 3600;

    /// <summary>Fewest labelled rows worth training on.</summary>
    public int MinimumRows { get; set; } = 200;

    /// <summary>Days of history that a data set reaches back.</summary>
    public int WindowDays { get; set; } = 365;

    /// <summary>Seed of everything random in a training.</summary>
    public int Seed { get; set; } = 20_180;

    /// <summary>Real seconds after which a training is stopped as failed.</summary>
    public int TimeoutSeconds { get; set; } = 1_800;

    /// <summary>How often a failing run is tried within its hour.</summary>
    public int Attempts { get; set; } = 4;

    /// <summary>Real seconds before a failed run is tried again; each further pause is four times as long.</summary>
    public int RetrySeconds { get; set; } = 60;

    /// <summary>False to train only when asked.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How much a candidate must prove.</summary>
    public GateOptions Gate { get; set; } = new();

    /// <summary>Members to train, in the order of reports.</summary>
    public string[] Members { get; set; } = ["cond", "ridge", "mlp", "trees"];
}
