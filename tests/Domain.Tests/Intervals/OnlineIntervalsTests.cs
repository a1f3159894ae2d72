using CsCheck;
using Hts.Intervals;

namespace Hts.Tests.Intervals;

public sealed class OnlineIntervalsTests
{
    private static readonly IntervalEnds Start = new(-7, 9);
    private static readonly IntervalOptions Still = new() { WindowSlots = 60, MinResiduals = 10, Step = 0 };

    [Fact]
    public void Ends_are_the_quantiles_of_the_window_whatever_came_in_whatever_steps() =>
        Gen.Select(Gen.Int[0, 40], Gen.Double[-30, 30]).Array[1, 200].Sample(steps =>
        {
            var intervals = new OnlineIntervals(1, Still);
            var naive = new NaiveIntervals(Still.WindowSlots);
            long slot = 70_000;
            foreach (var (step, residual) in steps)
            {
                slot += 1 + (step > 30 ? step : 0);
                intervals.Observe(slot, 0, stands: true, residual, held: null);
                naive.Observe(slot, residual);
            }
            intervals.Count(0, true).ShouldBe(naive.Sorted().Length);
            if (naive.Sorted().Length < Still.MinResiduals)
                return intervals.Ends(0, true, Start) == Start;
            var ends = intervals.Ends(0, true, Start);
            return Within(ends.Lower, naive.Quantile(0.05)) && Within(ends.Upper, naive.Quantile(0.95)) && ends.Lower < ends.Upper;
        });

    [Fact]
    public void A_state_that_is_exported_and_imported_goes_on_the_same() =>
        Gen.Select(Gen.Double[-3, 3], Gen.Bool, Gen.Bool).Array[30, 150].Sample(slots =>
        {
            var whole = new OnlineIntervals(2, new() { WindowSlots = 60, MinResiduals = 10 });
            for (var i = 0; i < slots.Length; i++)
            {
                if (i == slots.Length / 2)
                    whole = OnlineIntervals.Import(whole.Export(), new() { WindowSlots = 60, MinResiduals = 10 });
                Observe(whole, i, slots[i]);
            }
            var other = new OnlineIntervals(2, new() { WindowSlots = 60, MinResiduals = 10 });
            for (var i = 0; i < slots.Length; i++)
                Observe(other, i, slots[i]);
            return Equals(whole.Ends(0, false, Start), other.Ends(0, false, Start)) && Equals(whole.Ends(1, true, Start), other.Ends(1, true, Start))
                && whole.Level(1, true) == other.Level(1, true) && whole.Count(1, true) == other.Count(1, true);
        });

    [Fact]
    public void Standing_and_flat_learn_apart()
    {
        var intervals = new OnlineIntervals(1, Still);
        for (var i = 0; i < 50; i++)
            intervals.Observe(i, 0, stands: i % 2 == 0, (i % 2 == 0 ? 10 : 1) * ((i % 10) - 4.5), held: null);
        intervals.Ends(0, true, Start).Upper.ShouldBeGreaterThan(3 * intervals.Ends(0, false, Start).Upper);
    }

    [Fact]
    public void A_miss_widens_and_hits_narrow()
    {
        var intervals = new OnlineIntervals(1, new() { WindowSlots = 60, MinResiduals = 10 });
        for (var i = 0; i < 40; i++)
            intervals.Observe(i, 0, false, (i % 20) - 9.5, held: null);
        var level = intervals.Level(0, false);
        intervals.Observe(40, 0, false, 20, held: false);
        intervals.Level(0, false).ShouldBe(level - 0.009, 1e-12);
        intervals.Observe(41, 0, false, 0, held: true);
        intervals.Level(0, false).ShouldBe(level - 0.008, 1e-12);
    }

    [Fact]
    public void What_is_a_week_old_is_forgotten_and_memory_stays_bounded()
    {
        var intervals = new OnlineIntervals(1);
        for (var i = 0; i < 5000; i++)
            intervals.Observe(i, 0, false, i % 100, held: true);
        intervals.Count(0, false).ShouldBe(1008);
        intervals.Observe(100_000, 0, false, 0, held: true);
        intervals.Count(0, false).ShouldBe(1);
    }

    [Fact]
    public void A_settlement_from_before_the_window_is_left_out()
    {
        var intervals = new OnlineIntervals(1);
        intervals.Observe(5000, 0, false, 1, held: true);
        intervals.Observe(5000 - 1008, 0, false, 1, held: true);
        intervals.Observe(5000 - 1007, 0, false, 1, held: true);
        intervals.Count(0, false).ShouldBe(2);
    }

    [Fact]
    public void A_residual_that_is_not_finite_is_refused() =>
        Should.Throw<ArgumentException>(() => new OnlineIntervals(1).Observe(0, 0, false, double.NaN, null));

    [Fact]
    public void An_option_that_is_not_allowed_is_named() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OnlineIntervals(6, new() { Step = 0.2 })).Message.ShouldContain("Step must lie within");

    private static void Observe(OnlineIntervals intervals, int slot, (double Residual, bool Stands, bool Held) seen)
    {
        intervals.Observe(slot, 0, stands: false, seen.Residual, seen.Held);
        intervals.Observe(slot, 1, seen.Stands, -seen.Residual, seen.Held);
    }

    private static bool Within(double got, double wanted) => Math.Abs(got - wanted) <= 2e-3 * Math.Max(1, Math.Abs(wanted));
}
