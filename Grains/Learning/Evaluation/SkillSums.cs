namespace Hts.Evaluation;

/// <summary>
/// Sums that all skill measures come from, per strategy; sums of disjoint rows add up, which is what makes a bootstrap over days cheap.
/// All in σ units but the fills.
/// </summary>
internal static class SkillSums
{
    public const int Count = 0, X = 1, Y = 2, XX = 3, YY = 4, XY = 5;
    public const int GrossError = 6, GrossBase = 7, SidesError = 8, SidesBase = 9, NetError = 10, NetMean = 11, NetCond = 12;

    /// <summary>Number of sums.</summary>
    public const int Width = 13;

    /// <summary>Correlation of forecast and outcome; NaN when one does not vary.</summary>
    public static double Ic(ReadOnlySpan<double> sums)
    {
        var n = sums[Count];
        var covariance = sums[XY] - (sums[X] * sums[Y] / n);
        var forecast = sums[XX] - (sums[X] * sums[X] / n);
        var outcome = sums[YY] - (sums[Y] * sums[Y] / n);
        // What is left of a constant series after rounding is no variation.
        return forecast > 1e-12 * Math.Max(sums[XX], 1e-12) && outcome > 0 ? covariance / Math.Sqrt(forecast) / Math.Sqrt(outcome) : double.NaN;
    }

    /// <summary>1 − Σ error² / Σ error of the baseline².</summary>
    public static double RSquared(ReadOnlySpan<double> sums, int error, int baseline) =>
        sums[baseline] > 0 ? 1 - (sums[error] / sums[baseline]) : double.NaN;

    public static void Add(ReadOnlySpan<double> from, double times, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] += times * from[i];
    }
}
