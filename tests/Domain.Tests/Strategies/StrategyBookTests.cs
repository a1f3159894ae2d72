using CsCheck;
using Hts.Bars;
using Hts.Strategies;
using Hts.Tests.Bars;

namespace Hts.Tests.Strategies;

public class StrategyBookTests
{
    private readonly StrategySet set = StrategySet.Default();

    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    public void A_restored_book_goes_on_to_the_same_bits(int barSeconds)
    {
        var grid = new Grid(barSeconds);
        var walk = Walk.Random(5, 5_000, grid);
        Gen.Select(Gen.Int[0, 1_500], Gen.Int[1, 3_000], Gen.Double[0, 0.3]).Sample((first, length, missing) =>
        {
            // The bars themselves decide which are missing, so that every run of one case has the same holes.
            bool IsMissing(Bar bar, int i) => i > 0 && (bar.Ts * 2_654_435_761 >> 9 & 1_023) < missing * 1_023;
            var bars = walk[first..(first + length)];
            var book = new StrategyBook(set, grid);
            var stored = new List<Bar>();
            for (var i = 0; i < bars.Length; i++)
            {
                if (IsMissing(bars[i], i))
                {
                    book.AppendMissing(bars[i].Ts);
                    continue;
                }
                book.Append(bars[i]);
                stored.Add(bars[i]);
            }
            var state = new byte[book.StateSize];
            book.SaveState(state);
            var restored = StrategyBook.Restore(set, grid, state, stored.TakeLast(book.RestoreBars).ToArray());
            Same(restored, book);
            foreach (var bar in walk[(first + length)..Math.Min(walk.Length, first + length + 300)])
            {
                book.Append(bar);
                restored.Append(bar);
                Same(restored, book);
            }
        }, iter: 30);
    }

    [Fact]
    public void A_restored_book_of_real_trades_goes_on_to_the_same_bits()
    {
        var bars = SharedData.BtcJpyBars();
        var book = new StrategyBook(set, Grid.Default);
        var state = new byte[book.StateSize];
        StrategyBook? restored = null;
        for (var i = 0; i < bars.Length; i++)
        {
            if (i % 1_117 == 1_116)
            {
                book.SaveState(state);
                restored = StrategyBook.Restore(set, Grid.Default, state, bars.AsSpan(Math.Max(0, i - book.RestoreBars), Math.Min(i, book.RestoreBars)));
            }
            book.Append(bars[i]);
            restored?.Append(bars[i]);
            if (restored is not null)
                Same(restored, book);
        }
        restored!.Warm.ShouldBeTrue();
    }

    [Fact]
    public void Indicators_do_not_remember_what_lies_before_their_windows()
    {
        // The same last bars after two different pasts.
        var tail = Walk.Random(9, 2_000, Grid.Default, Walk.Start + (3_000 * Grid.Default.BarMs));
        var (one, other) = (new StrategyBook(set, Grid.Default), new StrategyBook(set, Grid.Default));
        foreach (var bar in Walk.Random(1, 3_000, Grid.Default))
            one.Append(bar);
        foreach (var bar in Walk.Random(2, 3_000, Grid.Default))
            other.Append(bar);
        foreach (var bar in tail)
        {
            one.Append(bar);
            other.Append(bar);
        }
        for (var a = 0; a < set.ActiveCount; a++)
        {
            one.Sigma(a).ShouldBe(other.Sigma(a));
            one.Trigger(a).ShouldBe(other.Trigger(a));
        }
        (one.Rsi, one.RangePlace, one.SmaRatio).ShouldBe((other.Rsi, other.RangePlace, other.SmaRatio));
    }

    [Fact]
    public void A_book_is_warm_after_600_bars_of_its_longest_timeframe()
    {
        var book = new StrategyBook(set, Grid.Default);
        foreach (var bar in Walk.Random(1, 2_399, Grid.Default))
            book.Append(bar);
        book.Warm.ShouldBeFalse();
        book.AppendMissing(book.LastTs + 15_000);
        book.Warm.ShouldBeTrue();
    }

    [Fact]
    public void A_bar_that_does_not_follow_is_refused_and_changes_nothing()
    {
        var book = new StrategyBook(set, Grid.Default);
        Should.Throw<InvalidOperationException>(() => book.AppendMissing(Walk.Start));
        Should.Throw<ArgumentException>(() => book.Append(Bar.Flat(Walk.Start + 1, 100, 0)));
        book.Append(Bar.Flat(Walk.Start, 100, 0));
        Should.Throw<ArgumentException>(() => book.Append(Bar.Flat(Walk.Start, 100, 0)));
        Should.Throw<ArgumentException>(() => book.Append(Bar.Flat(Walk.Start + 30_000, 100, 0)));
        book.LastTs.ShouldBe(Walk.Start);
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused()
    {
        var bars = Walk.Random(1, 1_200, Grid.Default);
        var book = new StrategyBook(set, Grid.Default);
        foreach (var bar in bars)
            book.Append(bar);
        var state = new byte[book.StateSize];
        book.SaveState(state);
        var dearer = StrategySet.Default(new StrategyOptions { FeeBps = 10 });
        Should.Throw<InvalidDataException>(() => StrategyBook.Restore(dearer, Grid.Default, state, bars)).Message.ShouldContain("other strategies");
        Should.Throw<InvalidDataException>(() => StrategyBook.Restore(set, new Grid(60), state, bars));
        Should.Throw<InvalidDataException>(() => StrategyBook.Restore(set, Grid.Default, state.AsSpan(0, 20), bars)).Message.ShouldContain("20 bytes");
        Should.Throw<InvalidDataException>(() => StrategyBook.Restore(set, Grid.Default, state, bars.AsSpan(1_200 - book.RestoreBars + 1)))
            .Message.ShouldContain("reach back");
        state[24] = 5;
        Should.Throw<InvalidDataException>(() => StrategyBook.Restore(set, Grid.Default, state, bars)).Message.ShouldContain("trend");
    }

    [Fact]
    public void Appending_allocates_nothing_and_a_book_is_small()
    {
        var bars = Walk.Random(3, 6_000, Grid.Default);
        new StrategyBook(set, Grid.Default).Append(bars[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var book = new StrategyBook(set, Grid.Default);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000);
        for (var i = 0; i < 3_000; i++)
            book.Append(bars[i]);
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 3_000; i < 6_000; i++)
            book.Append(bars[i]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Same(StrategyBook one, StrategyBook other)
    {
        one.Standing.SequenceEqual(other.Standing).ShouldBeTrue();
        (one.LastTs, one.FirstTs, one.LastClose, one.Warm).ShouldBe((other.LastTs, other.FirstTs, other.LastClose, other.Warm));
        (one.Rsi, one.RangePlace, one.SmaRatio).ShouldBe((other.Rsi, other.RangePlace, other.SmaRatio));
        for (var a = 0; a < one.Standing.Length; a++)
            (one.AgeBars(a), one.Trigger(a), one.Sigma(a)).ShouldBe((other.AgeBars(a), other.Trigger(a), other.Sigma(a)));
    }
}
