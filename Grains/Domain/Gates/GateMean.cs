using Hts.Scores;

namespace Hts.Gates;

/// <summary>A mean over days, and how far it may be off by chance.</summary>
/// <param name="StandardError">s/√n; 0 with a single day.</param>
/// <param name="T">Student's t for n − 1 degrees of freedom; 0 with a single day.</param>
public sealed record GateMean(int Days, double Mean, double StandardError, double T)
{
    /// <summary>What the true mean exceeds but for the significance's share of cases.</summary>
    public double Low => Mean - (T * StandardError);

    /// <summary>What the true mean stays below but for the significance's share of cases.</summary>
    public double High => Mean + (T * StandardError);

    /// <param name="days">One value a day, at least one.</param>
    internal static GateMean Of(double[] days, double significance)
    {
        var mean = days.Average();
        return days.Length == 1
            ? new(1, mean, 0, 0)
            : new(
                days.Length, mean, Math.Sqrt(days.Sum(d => (d - mean) * (d - mean)) / (days.Length - 1) / days.Length),
                StudentT.Quantile(significance, days.Length - 1));
    }
}
