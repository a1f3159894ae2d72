using Hts.Settings;

namespace Hts.Drift;

/// <summary>When something counts as drifted; section <c>Drift</c>.</summary>
public sealed class DriftOptions
{
    /// <summary>Latest days that a new one is held against, within [9, 366]. Default 60.</summary>
    public int ReferenceDays { get; set; } = 60;

    /// <summary>
    /// Share of days that raise an alarm though nothing has changed, within [0.005, 0.2]. Default .02. Until 1/rate − 1 days are known
    /// nothing can be said at that rate.
    /// </summary>
    public double FalseAlarmRate { get; set; } = 0.02;

    /// <summary>Rows below which a symbol is left out of a day, within [1, 100000]. Default 72, half of a day's slots.</summary>
    public int MinRows { get; set; } = 72;

    /// <summary>Days that must be known before a new one can be judged.</summary>
    public int NeededDays => (int)Math.Ceiling((1 / FalseAlarmRate) - 1e-9) - 1;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(ReferenceDays), ReferenceDays, 9, 366);
        SettingRange.Check(nameof(FalseAlarmRate), FalseAlarmRate, 0.005, 0.2);
        SettingRange.Check(nameof(MinRows), MinRows, 1, 100_000);
        if (NeededDays > ReferenceDays)
            throw new ArgumentOutOfRangeException(
                nameof(FalseAlarmRate), FalseAlarmRate, $"FalseAlarmRate must be at least 1/(ReferenceDays + 1) = {1.0 / (ReferenceDays + 1):0.0000}.");
    }
}
