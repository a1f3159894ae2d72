using Hts.Models;
using Hts.Settings;

namespace Hts.Training;

/// <summary>How what is strange to a model is told; section <c>Training:Model:FeatureSpace</c>.</summary>
public sealed class FeatureSpaceOptions
{
    /// <summary>Main directions kept, within [1, 64]. Default 24.</summary>
    public int Directions { get; set; } = 24;

    /// <summary>
    /// Share of validation rows and of training rows that lie within the limit, within [0.9, 1]. Default .999: in times like those of the
    /// training, one slot in a thousand is not predicted.
    /// </summary>
    public double Share { get; set; } = 0.999;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(Directions), Directions, 1, FeatureSpace.MaxDirections);
        SettingRange.Check(nameof(Share), Share, 0.9, 1);
    }
}
