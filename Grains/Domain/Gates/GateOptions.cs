using Hts.Settings;

namespace Hts.Gates;

/// <summary>How much the gate asks for; section <c>Training:Gate</c>. The defaults are those of the study; demos and tests ask for fewer days.</summary>
public sealed record GateOptions
{
    /// <summary>Days that stored forecasts are compared over, those before the day of the decision, within [1, 366]. Default 14.</summary>
    public int WindowDays { get; set; } = 14;

    /// <summary>Full days of stored forecasts below which nothing is judged, within [1, 366]. Default 10.</summary>
    public int MinDays { get; set; } = 10;

    /// <summary>Full days of a walk-forward below which nothing is judged, within [1, 366]. Default 28.</summary>
    public int MinPastDays { get; set; } = 28;

    /// <summary>Share of a day's slots that must be scored for the day to be full, within [0, 1]. Default .8.</summary>
    public double MinScored { get; set; } = 0.8;

    /// <summary>
    /// Probability that one comparison promotes a model that is no better, within [.0001, .5]. Default .01: hourly looks and claims of
    /// direction add up, and all together they shall deceive in less than 5 % of worlds without any direction.
    /// </summary>
    public double Significance { get; set; } = 0.01;

    /// <summary>Huber loss by which a retrain of the same recipe may be worse, within [0, 1]. Default .002.</summary>
    public double RetrainMargin { get; set; } = 0.002;

    /// <summary>Days back in which the best model is the anchor, within [1, 366]. Default 60.</summary>
    public int AnchorDays { get; set; } = 60;

    /// <summary>Least and most coverage of the candidate's 90 % intervals, within [0, 1]. Default .86.</summary>
    public double MinCoverage { get; set; } = 0.86;

    /// <summary>See <see cref="MinCoverage"/>. Default .94.</summary>
    public double MaxCoverage { get; set; } = 0.94;

    /// <summary>Gross information coefficient below which a direction counts as upside down, within [−1, 0]. Default −.02.</summary>
    public double MinGrossIc { get; set; } = -0.02;

    /// <summary>Days that the gross information coefficient is measured over, within [1, 366]. Default 28.</summary>
    public int IcDays { get; set; } = 28;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(WindowDays), WindowDays, 1, 366);
        SettingRange.Check(nameof(MinDays), MinDays, 1, 366);
        SettingRange.Check(nameof(MinPastDays), MinPastDays, 1, 366);
        SettingRange.Check(nameof(MinScored), MinScored, 0, 1);
        SettingRange.Check(nameof(Significance), Significance, 0.0001, 0.5);
        SettingRange.Check(nameof(RetrainMargin), RetrainMargin, 0, 1);
        SettingRange.Check(nameof(AnchorDays), AnchorDays, 1, 366);
        SettingRange.Check(nameof(MinCoverage), MinCoverage, 0, 1);
        SettingRange.Check(nameof(MaxCoverage), MaxCoverage, MinCoverage, 1);
        SettingRange.Check(nameof(MinGrossIc), MinGrossIc, -1, 0);
        SettingRange.Check(nameof(IcDays), IcDays, 1, 366);
    }
}
