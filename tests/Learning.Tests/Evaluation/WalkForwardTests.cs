using CsCheck;
using Hts.DataSets;
using Hts.Evaluation;
using Hts.Gates;
using Hts.Models;
using Hts.Scores;
using Hts.Training;

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
    public void A_placebo_that_looks_skilful_stops_what_its_training_would_promote()
    {
        var walk = PlantedWalk.Run(PlantedWalk.Rows(days: 16, symbols: ["AAA", "BBB"]));
        walk.Folds[^1].Placebos.Select(p => p.Name).ShouldBe([PlaceboScore.Shuffled, PlaceboScore.Shifted, "a direction too good to be true"]);

        var alarmed = walk with { Folds = [.. walk.Folds.Select(f => f with { Placebos = [new GatePlacebo(PlaceboScore.Shuffled, true, 9, 3)] })] };
        var champions = PlantedWalk.Champions(alarmed);

        champions.Spans.ShouldHaveSingleItem().Kind.ShouldBe(MemberKinds.Cond);
        champions.Steps.ShouldAllBe(step => step.Reason.Contains(PlaceboScore.Shuffled));
    }

    [Fact]
    public void Time_without_rows_has_no_training()
    {
        var rows = PlantedWalk.Rows(days: 20);
        var walk = PlantedWalk.Run(rows.Where(row => DayOf(row) is < 8 or >= 15));

        walk.Folds.ShouldNotContain(f => f.Fold.FromTs >= Day(8) && f.Fold.ToTs <= Day(15));
        walk.Folds[^1].Rows.ShouldBeGreaterThan(8 * PlantedWalk.SlotsPerDay);
        PlantedWalk.Champions(walk).Served.Net.ShouldAllBe(net => net != 0);
    }

    [Fact]
    public void Behind_a_gap_longer_than_the_window_the_models_before_it_go_on_serving()
    {
        var rows = PlantedWalk.Rows(days: 20);
        var options = PlantedWalk.Options;
        var walk = PlantedWalk.Run(
            rows.Where(row => DayOf(row) is < 8 or >= 15), new() { StartDays = 4, RetrainDays = 2, WindowDays = 4, Members = options.Members });

        var carried = walk.FoldOf(walk.Data.RowAt(Day(15)));
        carried.Fold.TrainTs.ShouldBeLessThan(Day(8));
        carried.Fold.ToTs.ShouldBeGreaterThan(Day(15));
        walk[MemberKinds.Ridge].Net.ShouldAllBe(net => net != 0);
    }

    [Fact]
    public void Scoring_begins_where_a_training_knew_enough()
    {
        var rows = PlantedWalk.Rows(days: 20);
        var walk = PlantedWalk.Run(rows.Where((row, i) => i < 50 || DayOf(row) >= 10));

        walk.Data.BaseTs[walk.ScoredFrom].ShouldBeGreaterThan(Day(10));
        walk.Folds.ShouldAllBe(f => f.Rows >= new TrainingOptions().MinRows);
        Should.Throw<EvaluationException>(() => PlantedWalk.Run(rows.Where((row, i) => i < 50 || i >= rows.Count - 20)))
            .Message.ShouldContain("no training has the");
    }

    [Fact]
    public void A_training_takes_no_more_rows_than_live_ones_do()
    {
        var data = PlantedWalk.Data(PlantedWalk.Rows(days: 6));
        var fold = new Fold(Day(5), Day(5) + PlantedMarket.SlotMs, Day(6));
        var known = fold.Known(data, PlantedWalk.Options, new TrainingOptions { MaxRows = 150 });
        var all = fold.Known(data, PlantedWalk.Options, new TrainingOptions());
        known.BaseTs.SequenceEqual(all.BaseTs[^150..]).ShouldBeTrue();
    }

    [Fact]
    public void A_training_leaves_out_symbols_rather_than_weeks()
    {
        string[] symbols = [.. Enumerable.Range(0, 20).Select(i => $"S{i}")];
        var data = PlantedWalk.Data(PlantedWalk.Rows(days: 6, symbols: symbols));
        var fold = new Fold(Day(5), Day(5) + PlantedMarket.SlotMs, Day(6));

        var known = fold.Known(data, PlantedWalk.Options, new TrainingOptions { MaxRows = 2000 });

        known.Symbol.ToArray().Distinct().Count().ShouldBe(2);
        known.BaseTs[0].ShouldBe(Day(0));
    }

    [Fact]
    public void Too_little_history_says_how_much_is_needed() =>
        Should.Throw<EvaluationException>(() => PlantedWalk.Run(PlantedWalk.Rows(days: 3)))
            .Message.ShouldContain("6 are needed, 4 of them to start with (--start-days)");

    private static long Day(int number) => PlantedWalk.Rows(days: 1)[0].BaseTs + (number * FoldPlan.DayMs);

    private static int DayOf(DataSetRow row) => (int)((row.BaseTs - Day(0)) / FoldPlan.DayMs);

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
