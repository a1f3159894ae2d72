namespace Hts.Load.Figures;

/// <summary>Percentiles of a set of times, in ms.</summary>
internal sealed record Spread(int Count, double P50, double P90, double P99, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? new Spread(0, double.NaN, double.NaN, double.NaN, double.NaN)
            : new Spread(sorted.Length, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), sorted[^1]);
    }

    public override string ToString() => $"p50 {P50:0} ms, p90 {P90:0} ms, p99 {P99:0} ms, max {Max:0} ms of {Count:N0}";

    /// <summary>The smallest value that at least this share of all does not exceed.</summary>
    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
