using Hts.Forecasts;
using Hts.Policies;

namespace Hts.Evaluation;

/// <summary>What every policy earned on each scored day at one cost; sums over symbols and slots, fractions.</summary>
internal sealed class PolicyTable
{
    private readonly Walk walk;
    private readonly WalkDays days;
    private readonly double cost;
    private readonly SelectionRule rule;

    /// <param name="costPerFill">Fraction of the price.</param>
    public PolicyTable(Walk walk, WalkDays days, double costPerFill, SelectionOptions selection, ulong seed)
    {
        this.walk = walk;
        this.days = days;
        cost = costPerFill;
        rule = new SelectionRule(selection);
        Count = new double[days.ScoredStarts.Count];
        for (var row = walk.ScoredFrom; row < walk.Data.Count; row++)
            Count[days.Scored[row]]++;
        Baselines = PlayBaselines(seed);
    }

    /// <summary>Scored slots of each day.</summary>
    public double[] Count { get; }

    /// <summary>Sums a day: cash, best fixed, follow the leader without and with cash, AdaHedge, random.</summary>
    public double[][] Baselines { get; }

    /// <summary>The selection rule on forecasts, net composed at this cost.</summary>
    /// <param name="traded">Share of slots in which it ran a strategy.</param>
    public double[] Play(RecipeForecasts forecasts, out double traded)
    {
        var sums = new double[Count.Length];
        var net = new double[forecasts.Strategies];
        var sides = new double[forecasts.Strategies];
        var forecast = new Forecast(net, [], [], [], sides);
        var picked = 0;
        for (var row = walk.ScoredFrom; row < walk.Data.Count; row++)
        {
            forecasts.SidesOf(row).CopyTo(sides);
            for (var s = 0; s < net.Length; s++)
                net[s] = forecasts.GrossOf(row)[s] - (cost * sides[s]);
            if (rule.Choose(forecast with { Novelty = forecasts.Novelty[row] }).Strategy is not { } pick)
                continue;
            picked++;
            sums[days.Scored[row]] += Outcome(row, pick);
        }
        traded = (double)picked / (walk.Data.Count - walk.ScoredFrom);
        return sums;
    }

    /// <summary>The best single strategy of each symbol over the whole scored time.</summary>
    public double[] PlayHindsight()
    {
        var strategies = walk.Layout.StrategyCount;
        var totals = new double[walk.Data.Symbols.Count * strategies];
        for (var row = walk.ScoredFrom; row < walk.Data.Count; row++)
            for (var s = 0; s < strategies; s++)
                totals[(walk.Data.Symbol[row] * strategies) + s] += Outcome(row, s);
        var sums = new double[Count.Length];
        for (var row = walk.ScoredFrom; row < walk.Data.Count; row++)
        {
            var own = totals.AsSpan(walk.Data.Symbol[row] * strategies, strategies);
            sums[days.Scored[row]] += Outcome(row, own.IndexOf(Max(own)));
        }
        return sums;
    }

    private double[][] PlayBaselines(ulong seed)
    {
        var runs = walk.Data.Symbols.Select((_, i) => Policies.Baselines.For(walk.Layout.StrategyCount, seed + ((ulong)i << 32))).ToArray();
        var sums = runs[0].Select(_ => new double[Count.Length]).ToArray();
        var outcomes = new double[walk.Layout.StrategyCount];
        // They learn before the scored time too: past outcomes are known to everyone.
        for (var row = 0; row < walk.Data.Count; row++)
        {
            for (var s = 0; s < outcomes.Length; s++)
                outcomes[s] = Outcome(row, s);
            var own = runs[walk.Data.Symbol[row]];
            for (var p = 0; p < own.Count; p++)
            {
                var earned = own[p].Play(outcomes);
                if (row >= walk.ScoredFrom)
                    sums[p][days.Scored[row]] += earned;
            }
        }
        return sums;
    }

    private double Outcome(int row, int strategy) => walk.Data.Gross(row)[strategy] - (cost * walk.Data.Sides(row)[strategy]);

    private static double Max(ReadOnlySpan<double> values)
    {
        var most = values[0];
        foreach (var value in values)
            most = Math.Max(most, value);
        return most;
    }
}
