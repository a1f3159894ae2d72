namespace Hts.Scores;

/// <summary>
/// Intervals of statistics of days: whole UTC days, with all their slots and symbols, are drawn with replacement, so that what hangs
/// together within a day stays together. Every statistic sees the same draws, so differences are paired. Equal seeds give equal bits.
/// Source: Efron, "Bootstrap methods" (1979); blocks: Künsch (1989).
/// </summary>
public sealed class DayBlockBootstrap
{
    /// <summary>
    /// Days that an interval needs. Of few days draws hardly differ, of one not at all: an interval that should miss in one case of twenty
    /// misses in one of four with three days, in one of ten with ten, as the quantiles of draws do not widen as Student's t does.
    /// </summary>
    public const int LeastDays = 10;

    private readonly int[] times;
    private readonly double miss;

    /// <param name="days">Number of days, 1 or more.</param>
    /// <param name="draws">Number of draws, 1 or more.</param>
    /// <param name="level">Probability that an interval holds, within (0, 1).</param>
    public DayBlockBootstrap(int days, int draws = 1000, ulong seed = 1, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level must lie within (0, 1).");
        Days = days;
        Draws = draws;
        miss = (1 - level) / 2;
        times = new int[draws * days];
        for (var draw = 0; draw < draws; draw++)
            for (var i = 0; i < days; i++)
            {
                seed += 0x9e3779b97f4a7c15;
                times[(draw * days) + (int)(((UInt128)Mixed(seed) * (uint)days) >> 64)]++;
            }
    }

    public int Days { get; }

    public int Draws { get; }

    /// <summary>How many times each day stands in a draw.</summary>
    public ReadOnlySpan<int> Times(int draw) => times.AsSpan(draw * Days, Days);

    /// <summary>
    /// The percentile interval of a statistic's values, one a draw; those that are not finite (a draw that cannot be scored) are left out.
    /// Null when fewer than half are finite, and of fewer than <see cref="LeastDays"/> days.
    /// </summary>
    /// <param name="filled">Days that have something to count; null for all.</param>
    public (double Low, double High)? Interval(ReadOnlySpan<double> values, int? filled = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Draws);
        if ((filled ?? Days) < LeastDays)
            return null;
        var sorted = values.ToArray().Where(double.IsFinite).ToArray();
        if (2 * sorted.Length < Draws)
            return null;
        Array.Sort(sorted);
        return (Quantile(sorted, miss), Quantile(sorted, 1 - miss));
    }

    /// <summary>The interval of Σ numerators / Σ denominators over days; one with a denominator of 0 has nothing to count.</summary>
    public (double Low, double High)? Ratio(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        var values = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            double above = 0, below = 0;
            var count = Times(draw);
            for (var day = 0; day < Days; day++)
            {
                above += count[day] * numerators[day];
                below += count[day] * denominators[day];
            }
            values[draw] = above / below;
        }
        return Interval(values, Days - denominators.Count(0.0));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
