namespace Hts.Scores;

/// <summary>
/// How likely a Sharpe ratio is above what the best of many worthless trials would have shown, given how long, skewed and fat-tailed the
/// returns are. Source: Bailey, López de Prado, "The deflated Sharpe ratio", Journal of Portfolio Management 40 (2014), eq. 9.
/// </summary>
public static class DeflatedSharpe
{
    private const double EulerGamma = 0.57721566490153286;

    /// <summary>Mean over standard deviation of returns, not annualised; null when they do not vary or are fewer than two.</summary>
    public static double? Ratio(ReadOnlySpan<double> returns)
    {
        var moments = Moments(returns);
        return moments.Deviation > 0 ? moments.Mean / moments.Deviation : null;
    }

    /// <summary>Sharpe ratio that the best of <paramref name="trials"/> worthless ones is expected to show.</summary>
    /// <param name="variance">Variance over the trials of their Sharpe ratios, per period.</param>
    public static double Expected(int trials, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        if (trials == 1)
            return 0;
        return Math.Sqrt(variance)
            * (((1 - EulerGamma) * NormalCurve.Quantile(1 - (1.0 / trials))) + (EulerGamma * NormalCurve.Quantile(1 - (1 / (trials * Math.E)))));
    }

    /// <summary>Probability that the true ratio exceeds <paramref name="benchmark"/>; null when the ratio is not defined.</summary>
    /// <param name="returns">Of equal periods.</param>
    /// <param name="benchmark">See <see cref="Expected"/>; 0 gives the probabilistic Sharpe ratio.</param>
    public static double? Probability(ReadOnlySpan<double> returns, double benchmark)
    {
        var moments = Moments(returns);
        if (!(moments.Deviation > 0))
            return null;
        return Probability(moments.Mean / moments.Deviation, returns.Length, moments.Skewness, moments.Kurtosis, benchmark);
    }

    /// <summary>The same from what is known of the returns.</summary>
    /// <param name="ratio">Sharpe ratio per period.</param>
    /// <param name="count">Periods.</param>
    /// <param name="kurtosis">3 for normal returns.</param>
    public static double Probability(double ratio, int count, double skewness, double kurtosis, double benchmark)
    {
        var spread = 1 - (skewness * ratio) + ((kurtosis - 1) / 4 * ratio * ratio);
        return NormalCurve.Below((ratio - benchmark) * Math.Sqrt(count - 1) / Math.Sqrt(Math.Max(spread, 1e-12)));
    }

    private static (double Mean, double Deviation, double Skewness, double Kurtosis) Moments(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 2)
            return default;
        double mean = 0;
        foreach (var value in returns)
            mean += value / returns.Length;
        double second = 0, third = 0, fourth = 0;
        foreach (var value in returns)
        {
            var d = value - mean;
            second += d * d;
            third += d * d * d;
            fourth += d * d * d * d;
        }
        var count = returns.Length;
        var variance = second / count;
        return variance > 0
            ? (mean, Math.Sqrt(second / (count - 1)), third / count / Math.Pow(variance, 1.5), fourth / count / (variance * variance))
            : (mean, 0, 0, 3);
    }
}
