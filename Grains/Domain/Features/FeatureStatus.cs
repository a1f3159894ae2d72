namespace Hts.Features;

/// <summary>Whether a symbol can be predicted on.</summary>
public enum FeatureStatus
{
    /// <summary>All that the features look at is there, or misses within the tolerance.</summary>
    Ready,

    /// <summary>Too little history.</summary>
    WarmingUp,

    /// <summary>More bars are missing than is tolerated.</summary>
    Gap,
}
