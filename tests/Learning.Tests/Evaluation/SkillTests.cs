using Hts.Evaluation;
using Hts.Models;
using Hts.Scores;

namespace Hts.Tests.Evaluation;

public sealed class SkillTests
{
    private readonly Walk walk = PlantedWalk.Run(PlantedWalk.Rows(days: 14, symbols: ["AAA", "BBB"]));

    [Fact]
    public void Measures_from_day_sums_equal_those_added_up_slot_by_slot()
    {
        var days = new WalkDays(walk);
        var ridge = walk[MemberKinds.Ridge];
        var pooled = new SkillScorer(walk.Layout, new DayBlockBootstrap(days.ScoredStarts.Count, 100)).Score(new SkillTable(walk, ridge, days.Scored), [0, 1]);

        const int trend = 0;
        var (gross, sides, cond) = (new ScoreAccumulator(), new ScoreAccumulator(), new ScoreAccumulator());
        for (var row = walk.ScoredFrom; row < walk.Data.Count; row++)
        {
            var sigma = walk.Data.Sigma(row);
            gross.Add(new Scoring(walk.Data.Gross(row)[trend], ridge.GrossOf(row)[trend], walk[Recipes.Mean].GrossOf(row)[trend], sigma));
            sides.Add(new Scoring(walk.Data.Sides(row)[trend], ridge.SidesOf(row)[trend], walk[Recipes.Mean].SidesOf(row)[trend]));
            cond.Add(new Scoring(walk.Data.Net(row, trend), ridge.NetOf(row)[trend], walk[MemberKinds.Cond].NetOf(row)[trend], sigma));
        }

        var own = pooled.Strategies["trend"];
        own.GrossIc.Value!.Value.ShouldBe(gross.ToScore().Ic!.Value, 1e-9);
        own.GrossR2.Value!.Value.ShouldBe(gross.ToScore().RSquared!.Value, 1e-9);
        own.SidesR2.Value!.Value.ShouldBe(sides.ToScore().RSquared!.Value, 1e-9);
        own.NetR2VsCond.Value!.Value.ShouldBe(cond.ToScore().RSquared!.Value, 1e-9);
    }

    [Fact]
    public void Intervals_hold_their_figures_and_baselines_have_none_of_their_own_skill()
    {
        var days = new WalkDays(walk);
        var scorer = new SkillScorer(walk.Layout, new DayBlockBootstrap(days.ScoredStarts.Count, 200));
        var ridge = scorer.Score(new SkillTable(walk, walk[MemberKinds.Ridge], days.Scored), [0, 1]).Pooled;
        var mean = scorer.Score(new SkillTable(walk, walk[Recipes.Mean], days.Scored), [0, 1]).Pooled;
        var zero = scorer.Score(new SkillTable(walk, walk[Recipes.Zero], days.Scored), [0, 1]).Pooled;

        ridge.GrossIc.Low!.Value.ShouldBeInRange(0.01, ridge.GrossIc.Value!.Value);
        ridge.GrossIc.High!.Value.ShouldBeGreaterThan(ridge.GrossIc.Value!.Value);
        mean.NetR2.ShouldBe(new Measure(0, 0, 0));
        zero.GrossIc.ShouldBe(Measure.None);
    }

    [Fact]
    public void A_symbol_with_rows_on_few_of_the_days_has_figures_without_intervals()
    {
        var late = PlantedWalk.Rows(days: 14, symbols: ["AAA", "BBB"]).Where((row, i) => row.Symbol == "AAA" || i >= 2 * 12 * PlantedWalk.SlotsPerDay);
        var young = PlantedWalk.Run(late);
        var days = new WalkDays(young);
        var scorer = new SkillScorer(young.Layout, new DayBlockBootstrap(days.ScoredStarts.Count, 200));
        var table = new SkillTable(young, young[MemberKinds.Ridge], days.Scored);

        var ic = scorer.Score(table, [1]).Pooled.GrossIc;
        (ic.Value, ic.Low, ic.High).ShouldSatisfyAllConditions(m => m.Value.ShouldNotBeNull(), m => m.Low.ShouldBeNull(), m => m.High.ShouldBeNull());
        scorer.Score(table, [0]).Pooled.GrossIc.Low.ShouldNotBeNull();
    }

    [Fact]
    public void Coverage_is_counted_apart_for_standing_and_flat_over_the_scored_slots()
    {
        var cells = new IntervalWalk(walk.Data, walk.Layout, walk[MemberKinds.Ridge], new()).Run(walk.ScoredFrom);

        cells.Sum(c => c.Count).ShouldBe((walk.Data.Count - walk.ScoredFrom) * walk.Layout.StrategyCount);
        cells.Where(c => c.Strategy is "long_hold" or "short_hold").ShouldAllBe(c => !c.Standing);
        cells.Where(c => c.Strategy == "trend").Select(c => c.Standing).Distinct().Count().ShouldBe(2);
        (cells.Sum(c => c.Value * c.Count) / cells.Sum(c => c.Count)).ShouldBeInRange(0.85, 0.95);
    }
}
