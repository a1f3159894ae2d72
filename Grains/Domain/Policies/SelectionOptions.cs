using Hts.Settings;

namespace Hts.Policies;

/// <summary>When a strategy is worth running.</summary>
public sealed class SelectionOptions
{
    /// <summary>Expected net return that must be exceeded, basis points, within [0, 1000]. Default 2.</summary>
    public double MinNetBp { get; set; } = 2;

    /// <summary>Expected fills below which a strategy is taken to stay flat, within [0, 10]. Default .5.</summary>
    public double MinSides { get; set; } = 0.5;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(MinNetBp), MinNetBp, 0, 1000);
        SettingRange.Check(nameof(MinSides), MinSides, 0, 10);
    }
}
