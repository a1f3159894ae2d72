using Hts.Settings;

namespace Hts.Intervals;

/// <summary>How intervals adapt; section <c>Prediction:Intervals</c>.</summary>
public sealed class IntervalOptions
{
    /// <summary>Share of outcomes that an interval is to hold, within [.5, .99]. Default .9.</summary>
    public double Coverage { get; set; } = 0.9;

    /// <summary>Slots that residuals are kept for, within [50, 10000]. Default 1,008: one week of ten-minute slots.</summary>
    public int WindowSlots { get; set; } = 1008;

    /// <summary>Residuals of a cell below which the model's own ends hold, within [10, 1000]. Default 60.</summary>
    public int MinResiduals { get; set; } = 60;

    /// <summary>How far one hit or miss moves the miss level, within [0, .1]. Default .01; 0 keeps the level still.</summary>
    public double Step { get; set; } = 0.01;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(Coverage), Coverage, 0.5, 0.99);
        SettingRange.Check(nameof(WindowSlots), WindowSlots, 50, 10_000);
        SettingRange.Check(nameof(MinResiduals), MinResiduals, 10, 1000);
        SettingRange.Check(nameof(Step), Step, 0, 0.1);
    }
}
