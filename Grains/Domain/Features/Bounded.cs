namespace Hts.Features;

/// <summary>Keeps features finite, whatever the market did.</summary>
internal static class Bounded
{
    /// <summary>The value within ±<see cref="FeatureSchema.Limit"/>; 0 for NaN, and never −0, so that equal values have equal bits.</summary>
    public static float Of(double value) =>
        double.IsNaN(value) ? 0 : (float)Math.Clamp(value, -FeatureSchema.Limit, FeatureSchema.Limit) + 0f;
}
