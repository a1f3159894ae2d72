using Hts.Intervals;
using Hts.Scores;

namespace Hts.Evaluation;

/// <summary>What the gate may know of a recipe: the losses, coverage and direction of its stored forecasts.</summary>
internal sealed class RecipeRecord
{
    private readonly SkillTable skill;
    private readonly int[] held;
    private readonly int[] given;
    private readonly int[] symbols;
    private readonly int shortIndex;

    public RecipeRecord(Walk walk, WalkDays days, RecipeForecasts forecasts, IntervalOptions intervals)
    {
        var data = walk.Data;
        symbols = [.. Enumerable.Range(0, data.Symbols.Count)];
        shortIndex = walk.Layout.ShortIndex;
        skill = new SkillTable(walk, forecasts, days.Number);
        Losses = new double[data.Count];
        held = new int[days.Starts.Count];
        given = new int[days.Starts.Count];
        var walked = new IntervalWalk(data, walk.Layout, forecasts, intervals);
        walked.Run(data.Count);
        var outcome = new double[forecasts.Strategies];
        for (var row = 0; row < Losses.Length; row++)
        {
            for (var s = 0; s < outcome.Length; s++)
                outcome[s] = data.Net(row, s);
            Losses[row] = Huber.SlotLoss(forecasts.NetOf(row), outcome, data.Sigma(row));
            held[days.Number[row]] += walked.Held(row);
            given[days.Number[row]] += outcome.Length;
        }
    }

    /// <summary>Huber loss of each row.</summary>
    public double[] Losses { get; }

    /// <summary>Share of outcomes within the intervals over whole days; null without any.</summary>
    public double? Coverage(int fromDay, int toDay)
    {
        var all = given.AsSpan(fromDay, toDay - fromDay).ToArray().Sum();
        return all == 0 ? null : (double)held.AsSpan(fromDay, toDay - fromDay).ToArray().Sum() / all;
    }

    /// <summary>Pooled gross IC over whole days, the mirrored short hold left out; null when it is not defined.</summary>
    public double? GrossIc(int fromDay, int toDay)
    {
        var pooled = new double[SkillSums.Width];
        for (var day = fromDay; day < toDay; day++)
        {
            var sums = skill.OfDay(day, symbols);
            for (var s = 0; s < sums.Length / SkillSums.Width; s++)
                if (s != shortIndex)
                    SkillSums.Add(sums.AsSpan(s * SkillSums.Width, SkillSums.Width), 1, pooled);
        }
        var ic = SkillSums.Ic(pooled);
        return double.IsFinite(ic) ? ic : null;
    }
}
