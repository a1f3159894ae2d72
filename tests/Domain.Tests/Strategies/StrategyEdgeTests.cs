using Hts.Bars;
using Hts.Strategies;
using Hts.Tests.Bars;

namespace Hts.Tests.Strategies;

/// <summary>Each strategy at its thresholds, with figures that can be followed by hand. One bar is one minute for all.</summary>
public class StrategyEdgeTests
{
    private const int Trend = 0, MeanRevert = 1, Breakout = 2, Scalper = 3;
    private static readonly Grid Minute = new(60);
    private readonly StrategyBook book = new(StrategySet.Default(), Minute);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_state_after_every_bar_is_as_defined(int seed)
    {
        var bars = Walk.Random(seed, 3_000, Minute);
        var states = NaiveStrategies.States(bars);
        var seen = new HashSet<(int, sbyte)>();
        for (var i = 0; i < bars.Length; i++)
        {
            book.Append(bars[i]);
            for (var a = 0; a < 4; a++)
            {
                book.Standing[a].ShouldBe(states[i][a], $"{book.Set.Names[a]} after bar {i}");
                seen.Add((a, book.Standing[a]));
            }
        }
        seen.Count.ShouldBe(12, "the walk leads every machine through every state");
    }

    [Fact]
    public void Mean_revert_waits_at_an_rsi_of_exactly_20_and_leaves_at_exactly_50()
    {
        // One up against four down in fourteen changes.
        Feed([.. Enumerable.Repeat(1_000.0, 13), 1_001, 997]);
        book.Rsi.ShouldBe(20);
        book.Standing[MeanRevert].ShouldBe((sbyte)0);
        Feed([996]);
        book.Rsi.ShouldBe(100 / 6.0, 1e-12);
        book.Standing[MeanRevert].ShouldBe((sbyte)1);
        book.Trigger(MeanRevert).ShouldBe((50 - (100 / 6.0)) / 30, 1e-12);
        Feed([999]);
        book.Standing[MeanRevert].ShouldBe((sbyte)1);
        Feed([1_000]);
        book.Rsi.ShouldBe(50);
        book.Standing[MeanRevert].ShouldBe((sbyte)0);
    }

    [Fact]
    public void Mean_revert_goes_short_above_80_and_turns_without_a_bar_between()
    {
        Feed([.. Enumerable.Repeat(1_000.0, 14), 1_001]);
        book.Rsi.ShouldBe(100);
        book.Standing[MeanRevert].ShouldBe((sbyte)-1);
        Feed([990]);
        book.Rsi.ShouldBeLessThan(20);
        book.Standing[MeanRevert].ShouldBe((sbyte)1);
    }

    [Fact]
    public void An_rsi_is_50_when_nothing_moved()
    {
        Feed(Enumerable.Repeat(1_000.0, 30));
        book.Rsi.ShouldBe(50);
        book.Trigger(MeanRevert).ShouldBe(0);
    }

    [Fact]
    public void Breakout_needs_its_margin_beyond_the_range_of_the_fifty_bars_before()
    {
        Feed(Enumerable.Repeat(100.0, 70));
        AppendBar(high: 105, low: 99, close: 100);
        // s = ln(1.055) / sqrt(72 bars) = .00631, the margin 1.25 · s · 105.5 = .83: more than the .5 beyond the high.
        AppendBar(high: 105.5, low: 100, close: 105.5);
        book.Standing[Breakout].ShouldBe((sbyte)0);
        book.Trigger(Breakout).ShouldBe((105.5 - 102) / (3 + (1.25 * (Math.Log(1.055) / Math.Sqrt(72)) * 105.5)), 1e-9);
        AppendBar(high: 108, low: 105, close: 108);
        book.Standing[Breakout].ShouldBe((sbyte)1);
        book.AgeBars(Breakout).ShouldBe(0);
        // H is 108, L is 99: the middle itself is no exit.
        AppendBar(high: 108, low: 103.5, close: 103.5);
        book.Standing[Breakout].ShouldBe((sbyte)1);
        book.AgeBars(Breakout).ShouldBe(1);
        AppendBar(high: 104, low: 103.4, close: 103.4);
        book.Standing[Breakout].ShouldBe((sbyte)0);
    }

    [Fact]
    public void Breakout_turns_from_long_to_short_in_one_bar_because_an_entry_overrides_an_exit()
    {
        Feed(Enumerable.Repeat(100.0, 70));
        Feed([101]);
        book.Standing[Breakout].ShouldBe((sbyte)1);
        Feed([95]);
        book.Standing[Breakout].ShouldBe((sbyte)-1);
    }

    [Fact]
    public void Trend_enters_on_a_wide_crossing_and_leaves_at_half_of_it()
    {
        Feed(Enumerable.Repeat(100.0, 240));
        Feed(Enumerable.Range(1, 40).Select(i => 100 + (i * 0.1)));
        book.Standing[Trend].ShouldBe((sbyte)1);
        var band = 0.6 * book.Sigma(Trend) * Math.Sqrt(20);
        (book.SmaRatio / band).ShouldBeGreaterThan(8);
        book.Trigger(Trend).ShouldBe(8);
        var close = 104.0;
        while (book.Standing[Trend] == 1)
        {
            var before = book.SmaRatio / (0.6 * book.Sigma(Trend) * Math.Sqrt(20));
            before.ShouldBeGreaterThanOrEqualTo(0.5);
            Feed([close -= 0.05]);
        }
        (book.SmaRatio / (0.6 * book.Sigma(Trend) * Math.Sqrt(20))).ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Trend_keeps_its_position_while_no_price_moves_at_all()
    {
        Feed(Enumerable.Repeat(1.1, 240));
        Feed(Enumerable.Range(1, 40).Select(i => 1.1 + (i * 0.001)));
        book.Standing[Trend].ShouldBe((sbyte)1);
        Feed(Enumerable.Repeat(1.14, 20));
        var standing = book.Standing[Trend];
        // Once 240 bars stand still, volatility and ratio are 0: rounding in the averages is no signal.
        Feed(Enumerable.Repeat(1.14, 300));
        var after = book.Standing[Trend];
        Feed(Enumerable.Repeat(1.14, 100));
        book.Standing[Trend].ShouldBe(after);
        book.Sigma(Trend).ShouldBe(0);
        book.Trigger(Trend).ShouldBe(0);
        standing.ShouldBe((sbyte)1);
    }

    [Fact]
    public void Scalper_wants_the_middle_of_a_range_that_pays_for_a_round_trip()
    {
        // Between 99.95 and 100.05 the closes deviate by 5 bp: too little, whatever the momentum.
        Feed(Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? 99.95 : 100.05));
        Feed([100.0]);
        book.Standing[Scalper].ShouldBe((sbyte)0);
        // A slow wave of ±30 bp: in the middle, going up faster than its own noise.
        Feed(Enumerable.Range(0, 130).Select(i => 100 + (0.3 * Math.Sin(i * 2 * Math.PI / 60))));
        var entered = false;
        for (var i = 130; i < 250 && !entered; i++)
        {
            Feed([100 + (0.3 * Math.Sin(i * 2 * Math.PI / 60))]);
            entered = book.Standing[Scalper] == 1 && book.AgeBars(Scalper) == 0;
        }
        entered.ShouldBeTrue();
        book.RangePlace.ShouldBeInRange(0.35, 0.65);
        book.Trigger(Scalper).ShouldBeGreaterThan(1);
        while (book.Standing[Scalper] == 1)
        {
            book.RangePlace.ShouldBeInRange(0.2, 0.8);
            Feed([book.LastClose + 0.03]);
        }
        book.RangePlace.ShouldBeGreaterThan(0.8);
    }

    private void Feed(IEnumerable<double> closes)
    {
        foreach (var close in closes)
            AppendBar(close, close, close);
    }

    private void AppendBar(double high, double low, double close)
    {
        var ts = book.LastTs == long.MinValue ? Walk.Start : book.LastTs + Minute.BarMs;
        book.Append(new Bar(ts, close, high, low, close, 1, 0.5, 1, 1));
    }
}
