namespace Hts.Scores;

/// <summary>
/// Intervals of statistics of days: whole UTC days, with all their slots and symbols, are drawn with replacement, so that what hangs
/// together within a day stays together. Every statistic sees the same draws, so differences are paired. Equal seeds give equal bits.
/// Source: Efron, "Bootstrap methods" (1979); blocks: Künsch (1989).
/// </summary>
public sealed class DayBlockBootstrap
{
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
    /// Null when fewer than half are finite.
    /// </summary>
    public (double Low, double High)? Interval(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Draws);
        var sorted = values.ToArray().Where(double.IsFinite).ToArray();
        if (2 * sorted.Length < Draws)
            return null;
        Array.Sort(sorted);
        return (Quantile(sorted, miss), Quantile(sorted, 1 - miss));
    }

    /// <summary>The interval of Σ numerators / Σ denominators over days.</summary>
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
        return Interval(values);
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
