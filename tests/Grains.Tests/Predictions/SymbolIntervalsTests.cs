using Hts.Intervals;
using Hts.Ledgers;
using Hts.Predictions;
using Hts.Tests.Cluster;

namespace Hts.Tests.Predictions;

public sealed class SymbolIntervalsTests
{
    private static readonly IntervalOptions Options = new() { MinResiduals = 20, Step = 0 };

    [Fact]
    public void The_models_own_ends_hold_until_the_past_is_read_and_while_it_is_short()
    {
        var intervals = Make();
        Settle(intervals, 0, 100);
        intervals.Fit(Row(100)).ShouldBe(Row(100), Comparer);
        intervals.Restore([]);
        intervals.Fit(Row(100)).LowerPct.ShouldNotBe(Row(100).LowerPct);

        var young = Make();
        young.Restore([]);
        Settle(young, 0, 19);
        young.Fit(Row(19)).ShouldBe(Row(19), Comparer);
        Settle(young, 19, 20);
        young.Fit(Row(20)).LowerPct.ShouldNotBe(Row(20).LowerPct);
    }

    [Fact]
    public void An_interval_is_the_forecast_and_the_quantiles_of_past_errors_in_units_of_todays_deviation()
    {
        var intervals = Make();
        intervals.Restore([]);
        // Errors of −10 to 9 times the deviation, evenly.
        for (var i = 0; i < 200; i++)
            intervals.Observe(Row(i), Outcome((i % 20) - 10));
        var wide = intervals.Fit(Row(200) with { SigmaSlot = 0.02 });
        for (var s = 0; s < 6; s++)
        {
            wide.LowerPct![s].ShouldBe(wide.PredictedPct![s] - (2 * 10), 0.1);
            wide.UpperPct![s].ShouldBe(wide.PredictedPct![s] + (2 * 9), 0.1);
        }
    }

    [Fact]
    public void Roles_learn_apart()
    {
        var intervals = Make();
        intervals.Restore([]);
        Settle(intervals, 0, 50);
        var ridge = Row(50) with { Role = Roles.Ridge };
        intervals.Fit(ridge).ShouldBe(ridge, Comparer);
    }

    [Fact]
    public void What_settled_while_the_past_was_read_counts_once()
    {
        var intervals = Make();
        Settle(intervals, 0, 19);
        // The past was read after those were settled, and holds them too.
        intervals.Restore([.. Enumerable.Range(0, 19).Select(Entry)]);
        intervals.Fit(Row(19)).ShouldBe(Row(19), Comparer);
    }

    [Fact]
    public void The_past_and_the_present_learn_the_same()
    {
        var live = Make();
        live.Restore([]);
        Settle(live, 0, 60);
        var restored = Make();
        restored.Restore([.. Enumerable.Range(0, 60).Select(Entry)]);
        restored.Fit(Row(60)).LowerPct.ShouldBe(live.Fit(Row(60)).LowerPct);
    }

    private static IEqualityComparer<LedgerRow> Comparer { get; } = EqualityComparer<LedgerRow>.Create(
        (a, b) => a!.LowerPct!.SequenceEqual(b!.LowerPct!) && a.UpperPct!.SequenceEqual(b.UpperPct!), row => 0);

    private static SymbolIntervals Make() => new(6, Worlds.Grid, Options);

    private static void Settle(SymbolIntervals intervals, int from, int until)
    {
        for (var i = from; i < until; i++)
            intervals.Observe(Row(i), Outcome(i % 7));
    }

    private static LedgerEntry Entry(int slot) => new(
        Row(slot), new Settlement("S", Worlds.Slot(slot), Roles.Champion, Outcome(slot % 7), 0, "settled"), slot);

    /// <summary>The forecasts plus so many deviations of 1 %.</summary>
    private static double[] Outcome(double errors) => [.. Row(0).PredictedPct!.Select(p => p + errors)];

    private static LedgerRow Row(int slot) => new(
        "S", Worlds.Slot(slot), Roles.Champion, "v", 1, Worlds.Slot(slot + 1), [.1, .2, .3, .4, .5, .6], [-1, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1],
        null, "", null, 0)
    {
        SigmaSlot = 0.01,
        Stands = [0, 0, 1, 0, 0, 0],
    };
}
