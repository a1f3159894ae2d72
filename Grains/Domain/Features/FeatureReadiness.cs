using Hts.Policies;

namespace Hts.Features;

/// <summary>Whether a symbol can be predicted on, and why not.</summary>
/// <param name="MissingBars">Missing bars within the look-back.</param>
/// <param name="MissingInSlot">Missing bars within the last slot.</param>
/// <param name="Bars">Bars since the beginning.</param>
public readonly record struct FeatureReadiness(FeatureStatus Status, int MissingBars, int MissingInSlot, long Bars)
{
    /// <summary>The reason for abstaining, one of <see cref="Reasons"/>; null when ready.</summary>
    public string? Reason => Status switch
    {
        FeatureStatus.Ready => null,
        FeatureStatus.WarmingUp => Reasons.WarmingUp,
        _ => Reasons.Gap,
    };

    /// <summary>The same in a sentence with its numbers.</summary>
    public string Detail(FeatureSchema schema) => Status switch
    {
        FeatureStatus.Ready => "ready",
        FeatureStatus.WarmingUp => $"warming up: {Bars} of {schema.WarmupBars} bars",
        _ => $"gap: {MissingBars} of the last {FeatureSchema.LookbackBars} bars are missing, {MissingInSlot} of them in the last slot; "
            + $"tolerated are {schema.MaxMissingBars} and none",
    };
}
