using Hts.Models;
using Hts.Scores;

namespace Hts.Evaluation;

/// <summary>Turns day sums into measures with intervals.</summary>
internal sealed class SkillScorer(TargetLayout layout, DayBlockBootstrap bootstrap)
{
    private const int Measures = 5;

    /// <param name="symbols">Numbers of the symbols that are pooled.</param>
    public SkillGroup Score(SkillTable table, IReadOnlyList<int> symbols)
    {
        var (value, draws, filled) = Values(table, symbols);
        SkillMeasures Of(int series) => new(Put(series, 0), Put(series, 1), Put(series, 2), Put(series, 3), Put(series, 4));
        Measure Put(int series, int measure) =>
            Measure.Of(value[(series * Measures) + measure], bootstrap.Interval(draws[(series * Measures) + measure], filled));
        var strategies = layout.Strategies.Select((name, s) => (name, Score: Of(s + 1))).ToDictionary(p => p.name, p => p.Score, StringComparer.Ordinal);
        return new SkillGroup(Of(0), strategies);
    }

    /// <summary>Difference of two tables' pooled gross IC, paired day by day.</summary>
    public Measure IcDifference(SkillTable table, SkillTable other, IReadOnlyList<int> symbols)
    {
        var (value, draws, filled) = Values(table, symbols);
        var (otherValue, otherDraws, _) = Values(other, symbols);
        return Measure.Of(value[0] - otherValue[0], bootstrap.Interval([.. draws[0].Zip(otherDraws[0], (a, b) => a - b)], filled));
    }

    /// <summary>Every measure of every series, pooled first: over all days, and in each draw; and the days that have rows.</summary>
    private (double[] Value, double[][] Draws, int Filled) Values(SkillTable table, IReadOnlyList<int> symbols)
    {
        var days = Enumerable.Range(0, table.Days).Select(day => table.OfDay(day, symbols)).ToArray();
        var count = (layout.StrategyCount + 1) * Measures;
        var draws = Enumerable.Range(0, count).Select(_ => new double[bootstrap.Draws]).ToArray();
        var sums = new double[days[0].Length];
        var values = new double[count];
        for (var draw = 0; draw < bootstrap.Draws; draw++)
        {
            Array.Clear(sums);
            var times = bootstrap.Times(draw);
            for (var day = 0; day < days.Length; day++)
                if (times[day] > 0)
                    SkillSums.Add(days[day], times[day], sums);
            Fill(sums, values);
            for (var i = 0; i < count; i++)
                draws[i][draw] = values[i];
        }
        Array.Clear(sums);
        foreach (var day in days)
            SkillSums.Add(day, 1, sums);
        Fill(sums, values);
        return (values, draws, days.Count(day => day[SkillSums.Count] > 0));
    }

    private void Fill(ReadOnlySpan<double> sums, Span<double> into)
    {
        Span<double> gross = stackalloc double[SkillSums.Width];
        Span<double> net = stackalloc double[SkillSums.Width];
        Span<double> active = stackalloc double[SkillSums.Width];
        gross.Clear();
        net.Clear();
        active.Clear();
        double sides = 0;
        for (var s = 0; s < layout.StrategyCount; s++)
        {
            var own = sums.Slice(s * SkillSums.Width, SkillSums.Width);
            var keepsState = layout.Active.Contains(s);
            SkillSums.Add(own, 1, net);
            if (s != layout.ShortIndex)
                SkillSums.Add(own, 1, gross);
            if (keepsState)
            {
                SkillSums.Add(own, 1, active);
                sides += SkillSums.RSquared(own, SkillSums.SidesError, SkillSums.SidesBase) / layout.ActiveCount;
            }
            Put(into[((s + 1) * Measures)..], own, own, own, keepsState ? SkillSums.RSquared(own, SkillSums.SidesError, SkillSums.SidesBase) : double.NaN);
        }
        Put(into, gross, net, active, sides);
    }

    private static void Put(Span<double> into, ReadOnlySpan<double> gross, ReadOnlySpan<double> net, ReadOnlySpan<double> vsCond, double sides)
    {
        into[0] = SkillSums.Ic(gross);
        into[1] = SkillSums.RSquared(gross, SkillSums.GrossError, SkillSums.GrossBase);
        into[2] = sides;
        into[3] = SkillSums.RSquared(net, SkillSums.NetError, SkillSums.NetMean);
        into[4] = SkillSums.RSquared(vsCond, SkillSums.NetError, SkillSums.NetCond);
    }
}
