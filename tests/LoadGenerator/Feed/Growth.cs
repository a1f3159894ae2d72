using Hts.Load.Figures;

namespace Hts.Load.Feed;

/// <summary>How a quantity in MB moved over the last two thirds of a run, when caches are warm.</summary>
/// <param name="PerMinute">Slope of the nearest straight line, MB a minute.</param>
internal sealed record Growth(double First, double Last, double Mean, double PerMinute)
{
    /// <summary>Share of its mean that a flat quantity may grow by in a minute.</summary>
    private const double FlatShare = 0.005;

    public bool IsFlat => PerMinute <= FlatShare * Mean;

    public static Growth Of(IReadOnlyList<UseSample> samples, Func<UseSample, double> value)
    {
        if (samples.Count == 0)
            return new Growth(double.NaN, double.NaN, double.NaN, double.NaN);
        var late = samples.Where(sample => sample.Seconds >= samples[^1].Seconds / 3).ToArray();
        var line = Line.Through([.. late.Select(sample => (sample.Seconds / 60, value(sample)))]);
        return new Growth(value(samples[0]), value(samples[^1]), line.Mean, line.Slope);
    }

    public override string ToString() =>
        $"{First:0} MB first, {Last:0} MB last, {PerMinute:+0.00;-0.00} MB/min over the last two thirds: {(IsFlat ? "flat" : "NOT FLAT")}";
}
