using Hts.Settings;

namespace Hts.Training;

/// <summary>How the placebos of a training are made; section <c>Training:Model:Placebo</c>.</summary>
public sealed class PlaceboOptions
{
    /// <summary>
    /// Latest rows they are made of, within [200, 1000000], of a sample of the symbols where there are many: bounds their time whatever the
    /// history's length. Default 12,000.
    /// </summary>
    public int MaxRows { get; set; } = 12_000;

    /// <summary>
    /// Share of sound trainings in which one placebo raises an alarm by chance, within [0.0001, 0.2]. Default .01: with two placebos an
    /// hour one false alarm in two days, and it costs one promotion.
    /// </summary>
    public double FalseAlarmRate { get; set; } = 0.01;

    /// <summary>
    /// How much later the labels of <see cref="Scores.PlaceboScore.Shifted"/> are than their features, hours, within [24, 2000]. Default
    /// 31: a day, and seven hours so that the time of day is no help.
    /// </summary>
    public int ShiftHours { get; set; } = 31;

    /// <summary>
    /// Gross IC of the linear member on real labels that is a leak until proven otherwise, when the lower end of its 99 % interval exceeds
    /// it; within [0.01, 1]. Default .1: what is known of ten minutes ahead gives .03 to .05.
    /// </summary>
    public double LeakIc { get; set; } = 0.1;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(MaxRows), MaxRows, 200, 1_000_000);
        SettingRange.Check(nameof(FalseAlarmRate), FalseAlarmRate, 0.0001, 0.2);
        SettingRange.Check(nameof(ShiftHours), ShiftHours, 24, 2000);
        SettingRange.Check(nameof(LeakIc), LeakIc, 0.01, 1);
    }
}
