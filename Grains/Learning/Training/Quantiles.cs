namespace Hts.Training;

/// <summary>Quantiles of sorted values.</summary>
internal static class Quantiles
{
    /// <summary>Linear interpolation between order statistics; source: Hyndman and Fan (1996), type 7.</summary>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>
    /// The ends between which one more draw falls with at least the given probability: order statistics ⌊(n+1)·miss⌋ and
    /// ⌈(n+1)·(1−miss)⌉, miss = (1 − coverage)/2. Source: split conformal prediction, Vovk et al. (2005).
    /// </summary>
    public static (double Lower, double Upper) Conformal(ReadOnlySpan<double> sorted, double coverage)
    {
        // A whole rank must not slip to its neighbour by the last bit of a product.
        const double rounding = 1e-9;
        var miss = (1 - coverage) / 2;
        var lower = (int)Math.Floor(((sorted.Length + 1) * miss) + rounding);
        var upper = (int)Math.Ceiling(((sorted.Length + 1) * (1 - miss)) - rounding);
        return (sorted[Math.Clamp(lower - 1, 0, sorted.Length - 1)], sorted[Math.Clamp(upper - 1, 0, sorted.Length - 1)]);
    }
}
