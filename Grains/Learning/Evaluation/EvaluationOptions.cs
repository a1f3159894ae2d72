using Hts.Gates;
using Hts.Intervals;
using Hts.Policies;
using Hts.Settings;

namespace Hts.Evaluation;

/// <summary>How a walk-forward evaluation is run; section <c>Evaluation</c>.</summary>
public sealed class EvaluationOptions
{
    /// <summary>Days between two trainings, within [1, 365]. Default 7: hourly or daily ones gain nothing that can be measured.</summary>
    public int RetrainDays { get; set; } = 7;

    /// <summary>
    /// Days of rows before the first scored slot, within [2, 365]. Default 28: with less, only <c>cond</c> may serve. In their second half
    /// models are trained and forecast already, so that the gate has something to judge by at the beginning.
    /// </summary>
    public int StartDays { get; set; } = 28;

    /// <summary>Days of rows that a training looks back over at most, within [StartDays, 3650]. Default 365.</summary>
    public int WindowDays { get; set; } = 365;

    /// <summary>Slots from the data of a training to the first slot its models serve, within [1, 1008]. Default 1.</summary>
    public int TrainingDelaySlots { get; set; } = 1;

    /// <summary>Members to train. Default all.</summary>
    public IReadOnlyList<string> Members { get; set; } = Models.MemberKinds.All;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Draws of the bootstrap, within [100, 100000]. Default 1000.</summary>
    public int Draws { get; set; } = 1000;

    /// <summary>Trainings at the same time, within [1, 64]. Default 2. Results do not depend on it.</summary>
    public int Parallel { get; set; } = 2;

    /// <summary>Whether groups of features are left out in turn, by the linear member alone. Default yes.</summary>
    public bool Ablation { get; set; } = true;

    /// <summary>Whether placebos and the leak check run with each training, and stop promotions as they do live. Default yes.</summary>
    public bool Placebos { get; set; } = true;

    /// <summary>
    /// Configurations tried on such data before this one, beside those of the run itself, within [0, 100000]: they count as trials of the
    /// deflated Sharpe ratio. Default 20.
    /// </summary>
    public int PriorTrials { get; set; } = 20;

    /// <summary>When a strategy is worth running.</summary>
    public SelectionOptions Selection { get; set; } = new();

    /// <summary>How much the gate asks for.</summary>
    public GateOptions Gate { get; set; } = new();

    /// <summary>How intervals adapt.</summary>
    public IntervalOptions Intervals { get; set; } = new();

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(RetrainDays), RetrainDays, 1, 365);
        SettingRange.Check(nameof(StartDays), StartDays, 2, 365);
        SettingRange.Check(nameof(WindowDays), WindowDays, StartDays, 3650);
        SettingRange.Check(nameof(TrainingDelaySlots), TrainingDelaySlots, 1, 1008);
        SettingRange.Check(nameof(Draws), Draws, 100, 100_000);
        SettingRange.Check(nameof(Parallel), Parallel, 1, 64);
        SettingRange.Check(nameof(PriorTrials), PriorTrials, 0, 100_000);
        Selection.Validate();
        Gate.Validate();
        Intervals.Validate();
        Training.TrainingOptions.CheckMembers(Members);
    }
}
