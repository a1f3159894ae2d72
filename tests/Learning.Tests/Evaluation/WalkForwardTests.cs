using CsCheck;
using Hts.Evaluation;
using Hts.Models;

namespace Hts.Tests.Evaluation;

public sealed class WalkForwardTests
{
    private static readonly Gen<int> Places = Gen.Int[5 * PlantedWalk.SlotsPerDay, (8 * PlantedWalk.SlotsPerDay) - 1];

    /// <summary>An outcome is known a slot after its decision: neither a forecast nor what serves may have seen it before.</summary>
    [Fact]
    public void Outcomes_change_no_forecast_made_before_they_were_settled()
    {
        var rows = PlantedWalk.Rows(days: 8);
        var before = PlantedWalk.Run(rows);
        var served = PlantedWalk.Champions(before);
        Places.Sample(
            place =>
            {
                var changed = rows.Select((row, i) => i < place ? row : row with { Gross = [.. row.Gross.Select(g => 0.01 - g)], Sides = [4, 0, 6, 2, 2, 2] });
                var after = PlantedWalk.Run(changed);
                var until = rows[place].BaseTs + PlantedMarket.SlotMs;
                Same(before, after, until, before.Recipes.Zip(after.Recipes));
                Same(before, after, until, [(served.Served, PlantedWalk.Champions(after).Served)]);
            },
            iter: 6);
    }

    [Fact]
    public void Features_change_no_forecast_made_before_them()
    {
        var rows = PlantedWalk.Rows(days: 8);
        var before = PlantedWalk.Run(rows);
        Places.Sample(
            place =>
            {
                var changed = rows.Select((row, i) => i < place ? row : row with { Features = [.. row.Features.Select(f => 1 - f)] });
                var after = PlantedWalk.Run(changed);
                Same(before, after, rows[place].BaseTs, before.Recipes.Zip(after.Recipes));
            },
            iter: 6);
    }

    [Fact]
    public void A_training_knows_only_rows_a_purge_before_the_first_slot_it_serves()
    {
        var walk = PlantedWalk.Run(PlantedWalk.Rows(days: 8));
        var header = walk.Data.Header;

        foreach (var fold in walk.Folds)
        {
            fold.Fold.TrainTs.ShouldBeLessThan(fold.Fold.FromTs);
            var first = PlantedWalk.Rows(days: 8)[0].BaseTs;
            var known = (fold.Fold.FromTs - header.OverlapMs - header.SlotMs - first) / header.SlotMs;
            fold.Rows.ShouldBe((int)known + 1);
        }
    }

    [Fact]
    public void The_folds_serve_every_slot_once_and_the_scored_ones_begin_with_a_day()
    {
        var walk = PlantedWalk.Run(PlantedWalk.Rows(days: 9));

        (walk.Data.BaseTs[walk.ScoredFrom] % FoldPlan.DayMs).ShouldBe(0);
        for (var i = 1; i < walk.Folds.Count; i++)
            walk.Folds[i].Fold.FromTs.ShouldBe(walk.Folds[i - 1].Fold.ToTs);
        walk.Folds[0].Fold.FromTs.ShouldBe(walk.Data.BaseTs[0]);
        walk.Folds[^1].Fold.ToTs.ShouldBe(walk.Data.BaseTs[^1] + PlantedMarket.SlotMs);
    }

    [Fact]
    public void The_number_of_trainings_at_the_same_time_changes_no_bit()
    {
        var rows = PlantedWalk.Rows(days: 8, symbols: ["AAA", "BBB"]);
        var options = PlantedWalk.Options;

        var one = PlantedWalk.Run(rows, new() { StartDays = 4, RetrainDays = 2, Members = options.Members, Parallel = 1 });
        var three = PlantedWalk.Run(rows, new() { StartDays = 4, RetrainDays = 2, Members = options.Members, Parallel = 3 });

        foreach (var (a, b) in one.Recipes.Zip(three.Recipes))
            a.Net.AsSpan().SequenceEqual(b.Net).ShouldBeTrue();
    }

    [Fact]
    public void A_planted_direction_is_found_and_promoted_over_cond()
    {
        var walk = PlantedWalk.Run(PlantedWalk.Rows(days: 16, symbols: ["AAA", "BBB"]));
        var champions = PlantedWalk.Champions(walk);

        champions.Spans[^1].Kind.ShouldBe(MemberKinds.Ridge);
        champions.Steps.ShouldContain(step => step.Champion == MemberKinds.Cond && step.Challenger == MemberKinds.Ridge);
    }

    [Fact]
    public void Too_little_history_says_how_much_is_needed() =>
        Should.Throw<EvaluationException>(() => PlantedWalk.Run(PlantedWalk.Rows(days: 3)))
            .Message.ShouldContain("6 are needed, 4 of them to start with (--start-days)");

    private static void Same(Walk before, Walk after, long untilTs, IEnumerable<(RecipeForecasts Before, RecipeForecasts After)> recipes)
    {
        var until = before.Data.BaseTs.ToArray().TakeWhile(ts => ts < untilTs).Count();
        after.Data.BaseTs[..until].SequenceEqual(before.Data.BaseTs[..until]).ShouldBeTrue();
        foreach (var (one, other) in recipes)
        {
            var count = until * one.Strategies;
            one.Net.AsSpan(0, count).SequenceEqual(other.Net.AsSpan(0, count)).ShouldBeTrue(one.Name);
            one.Lower.AsSpan(0, count).SequenceEqual(other.Lower.AsSpan(0, count)).ShouldBeTrue(one.Name);
        }
    }
}
