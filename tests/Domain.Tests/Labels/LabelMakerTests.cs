using CsCheck;
using Hts.Bars;
using Hts.Labels;
using Hts.Strategies;
using Hts.Tests.Bars;

namespace Hts.Tests.Labels;

public class LabelMakerTests
{
    private static readonly Grid Minute = new(60);

    /// <summary>Windows of ten bars; the first complete one begins after 600.</summary>
    private const int Warm = 600;

    [Fact]
    public void What_stands_at_the_decision_enters_at_the_first_open_and_is_forced_flat_at_the_last_close()
    {
        var label = Run(_ => 1);
        label.Standing.ShouldBe([(sbyte)1]);
        label.Sides.ShouldBe([2]);
        label.Gross[0].ShouldBe((Close(609) / Open(600)) - 1);
        label.Net[0].ShouldBe(label.Gross[0] - (2 * 0.0005));
    }

    [Fact]
    public void A_signal_at_a_close_is_filled_at_the_next_open()
    {
        // Flat at the decision, long after the window's third bar, flat after its fifth.
        var label = Run(n => n is Warm + 3 or Warm + 4 ? 1 : 0);
        label.Standing.ShouldBe([(sbyte)0]);
        label.Sides.ShouldBe([2]);
        label.Gross[0].ShouldBe((Open(605) / Open(603)) - 1);
    }

    [Fact]
    public void A_reversal_is_two_fills_and_two_legs()
    {
        var label = Run(n => n < Warm + 4 ? 1 : -1);
        label.Sides.ShouldBe([4]);
        label.Gross[0].ShouldBe(((Open(604) / Open(600)) - 1) + (-1 * ((Close(609) / Open(604)) - 1)));
        label.Net[0].ShouldBe(label.Gross[0] - (4 * 0.0005));
    }

    [Fact]
    public void A_signal_at_the_last_close_belongs_to_the_next_window()
    {
        var label = Run(n => n >= Warm + 10 ? 1 : 0);
        label.Sides.ShouldBe([0]);
        (label.Gross[0], label.Net[0]).ShouldBe((0, 0));
    }

    [Fact]
    public void A_machine_that_stays_flat_earns_and_costs_nothing() => Run(_ => 0).Net.ShouldBe([0.0]);

    [Fact]
    public void Holding_is_in_at_the_first_open_and_out_at_the_last_close_and_short_pays_for_its_own_fills()
    {
        var set = StrategySet.Default();
        var label = Run(set, Path(610));
        label.Gross[4].ShouldBe((Close(609) / Open(600)) - 1);
        label.Gross[5].ShouldBe(-label.Gross[4]);
        label.Sides[4..].ShouldBe([2, 2]);
        label.Net[5].ShouldBe((-4 * set.CostPerFill) - label.Net[4], 1e-15);
    }

    [Fact]
    public void A_window_is_complete_once_600_bars_lie_before_it()
    {
        var maker = new LabelMaker(StrategySet.Default(), Minute);
        var complete = new List<long>();
        foreach (var bar in Path(630))
        {
            if (maker.Append(bar) && maker.Label.Complete)
                complete.Add((maker.Label.Ts - Walk.Start) / Minute.BarMs);
        }
        complete.ShouldBe([610, 620, 630]);
    }

    [Fact]
    public void A_window_with_a_missing_bar_has_no_label_and_the_next_one_has()
    {
        var maker = new LabelMaker(StrategySet.Default(), Minute);
        var seen = new List<(int Missing, int Empty, bool Complete)>();
        foreach (var (bar, i) in Path(630).Select((bar, i) => (bar, i)))
        {
            var ended = i switch
            {
                >= 605 and < 612 => maker.AppendMissing(bar.Ts),
                625 => maker.Append(Bar.Flat(bar.Ts, maker.Book.LastClose, 0)),
                _ => maker.Append(bar),
            };
            if (ended && i >= Warm)
                seen.Add((maker.Label.MissingBars, maker.Label.EmptyBars, maker.Label.Complete));
        }
        seen.ShouldBe([(5, 0, false), (2, 0, false), (0, 1, true)]);
    }

    [Fact]
    public void A_window_that_began_before_the_first_bar_has_no_label()
    {
        var maker = new LabelMaker(StrategySet.Default(), Minute);
        var ends = Path(20).Skip(3).Where(bar => maker.Append(bar)).Count();
        ends.ShouldBe(2);
        maker = new LabelMaker(StrategySet.Default(), Minute);
        foreach (var bar in Path(10).Skip(3))
            maker.Append(bar);
        (maker.Label.MissingBars, maker.Label.Complete).ShouldBe((3, false));
    }

    [Fact]
    public void A_refused_bar_leaves_the_window_as_it_was()
    {
        var (maker, other) = (new LabelMaker(StrategySet.Default(), Minute), new LabelMaker(StrategySet.Default(), Minute));
        foreach (var bar in Path(610))
        {
            Should.Throw<ArgumentException>(() => maker.Append(bar with { Ts = bar.Ts + 1 }));
            maker.Append(bar);
            other.Append(bar);
        }
        maker.Label.Net.ShouldBe(other.Label.Net);
    }

    [Fact]
    public void A_restored_maker_gives_the_same_labels_to_the_bit_wherever_it_was_cut()
    {
        var set = StrategySet.Default();
        var walk = Walk.Random(11, 4_500, Grid.Default);
        var whole = Labels(new LabelMaker(set, Grid.Default), walk).ToDictionary(l => l.Ts);
        Gen.Int[1, walk.Length - 1].Sample(cut =>
        {
            var maker = new LabelMaker(set, Grid.Default);
            foreach (var bar in walk[..cut])
                maker.Append(bar);
            var state = new byte[maker.StateSize];
            maker.SaveState(state);
            var restored = LabelMaker.Restore(set, Grid.Default, state, walk.AsSpan(0, cut));
            foreach (var label in Labels(restored, walk[cut..Math.Min(cut + 400, walk.Length)]))
                ShouldEqual(label, whole[label.Ts]);
        }, iter: 60);
    }

    [Fact]
    public void Labels_of_real_trades_do_not_depend_on_restarts()
    {
        var (set, bars) = (StrategySet.Default(), SharedData.BtcJpyBars());
        var whole = Labels(new LabelMaker(set, Grid.Default), bars);
        var (maker, pieces) = (new LabelMaker(set, Grid.Default), new List<WindowLabel>());
        var state = new byte[maker.StateSize];
        for (var from = 0; from < bars.Length; from += 777)
        {
            pieces.AddRange(Labels(maker, bars[from..Math.Min(from + 777, bars.Length)]));
            maker.SaveState(state);
            var to = Math.Min(from + 777, bars.Length);
            maker = LabelMaker.Restore(set, Grid.Default, state, bars.AsSpan(Math.Max(0, to - maker.RestoreBars), Math.Min(to, maker.RestoreBars)));
        }
        pieces.Count.ShouldBe(whole.Count);
        for (var i = 0; i < whole.Count; i++)
            ShouldEqual(pieces[i], whole[i]);
    }

    [Fact]
    public void A_cut_off_state_is_refused()
    {
        var maker = new LabelMaker(StrategySet.Default(), Minute);
        var bars = Path(20).ToArray();
        foreach (var bar in bars)
            maker.Append(bar);
        var state = new byte[maker.StateSize];
        maker.SaveState(state);
        Should.Throw<InvalidDataException>(() => LabelMaker.Restore(StrategySet.Default(), Minute, state.AsSpan(0, state.Length - 1), bars));
    }

    private static List<WindowLabel> Labels(LabelMaker maker, IEnumerable<Bar> bars) =>
        [.. bars.Where(bar => maker.Append(bar)).Select(_ => maker.Label.Copy())];

    private static void ShouldEqual(WindowLabel one, WindowLabel other)
    {
        (one.Ts, one.EmptyBars, one.MissingBars, one.Complete).ShouldBe((other.Ts, other.EmptyBars, other.MissingBars, other.Complete));
        one.Standing.ShouldBe(other.Standing);
        one.Gross.ShouldBe(other.Gross);
        one.Sides.ShouldBe(other.Sides);
        one.Net.ShouldBe(other.Net);
    }

    private static WindowLabel Run(Func<long, int> script) => Run(new StrategySet([new ScriptedStrategy(script)]), Path(610));

    private static WindowLabel Run(StrategySet set, IEnumerable<Bar> bars)
    {
        var label = Labels(new LabelMaker(set, Minute), bars)[^1];
        label.Complete.ShouldBeTrue();
        return label;
    }

    /// <summary>Bars whose open and close tell their number.</summary>
    private static IEnumerable<Bar> Path(int count) => Enumerable.Range(0, count).Select(i =>
        new Bar(Walk.Start + (i * Minute.BarMs), Open(i), Open(i) + 2, Open(i) - 2, Close(i), 1, 0.5, 1, i + 1));

    private static double Open(int i) => 1_000 + i;

    private static double Close(int i) => 1_000 + i + 0.25;
}
