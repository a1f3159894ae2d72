using Hts.Bars;
using Hts.Trades;

namespace Hts.Tests.Trades;

public class BarAggregatorTests
{
    private const long Start = Tape.Start;
    private readonly BarAggregator aggregator = new(Grid.Default);

    [Fact]
    public void A_bar_closes_when_the_feed_is_known_to_be_past_it()
    {
        aggregator.Add(Tape.At(1, 1, 100, 0.1));
        aggregator.Add(Tape.At(2, 5, 103, 0.2, sold: true));
        aggregator.Add(Tape.At(3, 14.999, 99, 0.3));
        aggregator.AdvanceTo(Start + 14_999);
        Tape.Drain(aggregator).ShouldBeEmpty();
        aggregator.AdvanceTo(Start + 15_000);
        Tape.Drain(aggregator).ShouldBe([new BarChange(new Bar(Start, 100, 103, 99, 99, 0.6, 0.4, 3, 3), 0)]);
    }

    [Fact]
    public void Nothing_is_given_before_the_first_price()
    {
        aggregator.AdvanceTo(Start);
        aggregator.Add(Tape.At(1, 40, 100));
        aggregator.AdvanceTo(Start + 60_000);
        Tape.Drain(aggregator).Select(c => c.Bar.Ts).ShouldBe([Start + 30_000, Start + 45_000]);
    }

    [Fact]
    public void A_quiet_interval_of_a_healthy_feed_is_a_flat_bar()
    {
        aggregator.Add(Tape.At(7, 1, 100));
        aggregator.AdvanceTo(Start + 45_000);
        Tape.Drain(aggregator).Skip(1).ShouldBe([
            new BarChange(Bar.Flat(Start + 15_000, 100, 7), 0),
            new BarChange(Bar.Flat(Start + 30_000, 100, 7), 0)]);
    }

    [Fact]
    public void A_late_trade_revises_its_bar_and_the_flat_bars_after_it()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.Add(Tape.At(4, 46, 104));
        aggregator.AdvanceTo(Start + 60_000);
        Tape.Drain(aggregator).Count.ShouldBe(4);
        aggregator.Add(Tape.At(2, 2, 101)).ShouldBe(TradeVerdict.Accepted);
        var changes = Tape.Drain(aggregator);
        changes.Select(c => (c.Bar.Ts - Start, c.Bar.Close, c.Bar.Trades, c.Revision)).ShouldBe([(0, 101, 2, 1), (15_000, 101, 0, 1), (30_000, 101, 0, 1)]);
    }

    [Fact]
    public void A_late_trade_in_the_middle_of_its_bar_leaves_the_flat_bars_after_it_alone()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.Add(Tape.At(3, 3, 101));
        aggregator.AdvanceTo(Start + 45_000);
        Tape.Drain(aggregator);
        aggregator.Add(Tape.At(2, 2, 120));
        Tape.Drain(aggregator).ShouldHaveSingleItem().Bar.High.ShouldBe(120);
    }

    [Fact]
    public void A_trade_before_the_first_bar_brings_the_bars_between_with_it()
    {
        aggregator.Add(Tape.At(5, 50, 105));
        aggregator.AdvanceTo(Start + 60_000);
        Tape.Drain(aggregator).Count.ShouldBe(1);
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.AdvanceTo(Start + 61_000);
        Tape.Drain(aggregator).Select(c => (c.Bar.Ts - Start, c.Bar.Close, c.Revision)).ShouldBe([(0, 100, 0), (15_000, 100, 0), (30_000, 100, 0)]);
    }

    [Fact]
    public void A_trade_of_a_final_bar_is_too_late_and_changes_nothing()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.AdvanceTo(Start + 134_999);
        Tape.Drain(aggregator);
        aggregator.Add(Tape.At(2, 2, 101)).ShouldBe(TradeVerdict.Accepted);
        Tape.Drain(aggregator).ShouldNotBeEmpty();
        aggregator.AdvanceTo(Start + 135_000);
        Tape.Drain(aggregator);
        aggregator.Add(Tape.At(3, 3, 102)).ShouldBe(TradeVerdict.TooLate);
        aggregator.Late.ShouldBe(1);
        Tape.Drain(aggregator).ShouldBeEmpty();
    }

    [Fact]
    public void An_id_seen_before_is_a_duplicate_wherever_it_claims_to_be()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.Add(Tape.At(1, 1, 100)).ShouldBe(TradeVerdict.Duplicate);
        aggregator.Add(Tape.At(1, 31, 200)).ShouldBe(TradeVerdict.Duplicate);
        aggregator.Duplicates.ShouldBe(2);
    }

    [Fact]
    public void The_first_and_last_price_are_by_time_then_id()
    {
        aggregator.Add(Tape.At(12, 5, 112));
        aggregator.Add(Tape.At(10, 5, 110));
        aggregator.Add(Tape.At(11, 5, 111));
        aggregator.AdvanceTo(Start + 15_000);
        var bar = Tape.Drain(aggregator).ShouldHaveSingleItem().Bar;
        (bar.Open, bar.Close, bar.LastTradeId).ShouldBe((110, 112, 12));
    }

    [Fact]
    public void Volume_is_the_decimal_sum_whatever_the_order()
    {
        for (var i = 0; i < 10; i++)
            aggregator.Add(Tape.At(i, i, 100, 0.1));
        aggregator.Add(Tape.At(11, 11, 100, 1e12));
        aggregator.AdvanceTo(Start + 15_000);
        Tape.Drain(aggregator)[0].Bar.Volume.ShouldBe(1_000_000_000_001.0);
    }

    [Fact]
    public void An_aggregate_counts_the_single_trades_in_it()
    {
        aggregator.Add(new Trade(1, 10, 14, Start, 100, 1, false));
        aggregator.Add(new Trade(2, -1, -1, Start + 1, 100, 1, false));
        aggregator.AdvanceTo(Start + 15_000);
        Tape.Drain(aggregator)[0].Bar.Trades.ShouldBe(6);
    }

    [Fact]
    public void A_marked_hole_stays_a_hole_even_where_some_of_its_trades_are_known()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.AdvanceTo(Start + 20_000);
        aggregator.MarkHole(Start + 20_000, Start + 65_000);
        aggregator.Add(Tape.At(9, 70, 109)).ShouldBe(TradeVerdict.InHole);
        aggregator.Add(Tape.At(10, 76, 110)).ShouldBe(TradeVerdict.Accepted);
        aggregator.AdvanceTo(Start + 105_000);
        Tape.Drain(aggregator).Select(c => (c.Bar.Ts - Start, c.Bar.Open)).ShouldBe([(0, 100), (75_000, 110), (90_000, 110)]);
    }

    [Fact]
    public void A_hole_that_outlasts_the_horizon_stays_a_hole()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.AdvanceTo(Start + 31_000);
        aggregator.MarkHole(Start + 31_000, Start + 3_600_000);
        aggregator.AdvanceTo(Start + 3_630_000);
        Tape.Drain(aggregator).Select(c => c.Bar.Ts - Start).ShouldBe([0, 15_000, 3_600_000, 3_615_000]);
    }

    [Fact]
    public void A_feed_that_begins_within_an_interval_gives_no_half_bar()
    {
        aggregator.MarkHole(Start, Start + 7_000);
        aggregator.Add(Tape.At(1, 8, 100)).ShouldBe(TradeVerdict.InHole);
        aggregator.Add(Tape.At(2, 16, 101)).ShouldBe(TradeVerdict.Accepted);
        aggregator.AdvanceTo(Start + 30_000);
        Tape.Drain(aggregator).ShouldHaveSingleItem().Bar.Ts.ShouldBe(Start + 15_000);
    }

    [Fact]
    public void Bars_given_before_a_hole_was_known_stay()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.AdvanceTo(Start + 30_000);
        Tape.Drain(aggregator).Count.ShouldBe(2);
        aggregator.MarkHole(Start + 5_000, Start + 40_000);
        aggregator.AdvanceTo(Start + 60_000);
        Tape.Drain(aggregator).Select(c => c.Bar.Ts - Start).ShouldBe([45_000]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_hour_without_word_of_health_is_a_hole_whenever_the_bars_are_taken(bool takesAtOnce)
    {
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.AdvanceTo(Start + 600_000);
        var taken = takesAtOnce ? Tape.Drain(aggregator) : [];
        aggregator.Add(Tape.At(2, 4_200, 101));
        aggregator.Flush();
        taken.AddRange(Tape.Drain(aggregator));
        taken.Count.ShouldBe(41);
        taken[^2].Bar.Ts.ShouldBe(Start + 585_000);
    }

    [Fact]
    public void A_long_absence_costs_no_memory_until_its_flat_bars_are_taken()
    {
        aggregator.Add(Tape.At(1, 1, 100));
        var before = GC.GetAllocatedBytesForCurrentThread();
        aggregator.AdvanceTo(Start + (30L * 86_400_000));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_096);
        Tape.Drain(aggregator).Count.ShouldBe(30 * 5_760);
    }

    [Theory]
    [InlineData(double.NaN, 1, "price NaN is not a finite number")]
    [InlineData(double.PositiveInfinity, 1, "price Infinity is not a finite number")]
    [InlineData(0, 1, "price 0 is not positive")]
    [InlineData(-1, 1, "price -1 is not positive")]
    [InlineData(1, double.NaN, "quantity NaN is not a finite number")]
    [InlineData(1, 0, "quantity 0 is not between 1E-08 and 1E+18")]
    [InlineData(1, 1e19, "quantity 1E+19 is not between 1E-08 and 1E+18")]
    public void Unbelievable_trades_are_refused_by_a_named_rule(double price, double quantity, string rule)
    {
        var trade = Tape.At(1, 1, price, quantity);
        aggregator.Add(trade).ShouldBe(TradeVerdict.Invalid);
        aggregator.Invalid.ShouldBe(1);
        TradeRules.Check(trade, long.MaxValue).ShouldBe(rule);
    }

    [Fact]
    public void A_trade_from_the_future_is_refused_and_moves_no_horizon()
    {
        aggregator.LatestMs = Start + 10_000;
        aggregator.Add(Tape.At(1, 1, 100));
        aggregator.Add(Tape.At(2, 3_600, 100)).ShouldBe(TradeVerdict.Invalid);
        aggregator.Add(Tape.At(3, 2, 101)).ShouldBe(TradeVerdict.Accepted);
        TradeRules.Check(Tape.At(2, 3_600, 100), Start)!.ShouldContain("future");
    }

    [Fact]
    public void A_sound_trade_breaks_no_rule() => TradeRules.Check(Tape.At(1, 1, 100), Start + 1_000).ShouldBeNull();

    [Fact]
    public void A_late_trade_of_the_seeded_bar_is_too_late()
    {
        aggregator.Seed(new Bar(Start, 1, 1, 1, 1, 1, 1, 1, 50));
        aggregator.Add(Tape.At(50, 3, 1)).ShouldBe(TradeVerdict.Duplicate);
        aggregator.Add(Tape.At(51, 3, 1)).ShouldBe(TradeVerdict.TooLate);
        aggregator.Add(Tape.At(52, 15, 2)).ShouldBe(TradeVerdict.Accepted);
        Should.Throw<InvalidOperationException>(() => aggregator.Seed(default));
    }

    [Fact]
    public void A_steady_stream_allocates_nothing()
    {
        Run(0, 200_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(200_000, 400_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Run(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                aggregator.Add(new Trade(i * 7, i, i, Start + (i * 20), 100 + (i % 13), 0.5, i % 2 == 0));
                if (i % 50 != 0)
                    continue;
                aggregator.AdvanceTo(Start + (i * 20));
                while (aggregator.TryTake(out _))
                {
                }
            }
        }
    }

    [Theory]
    [InlineData(-1, 1, "Feed:RevisionMs is -1")]
    [InlineData(1, 0, "Feed:MaxQuietMs is 0")]
    public void Options_out_of_range_are_named(long revisionMs, long maxQuietMs, string message) =>
        Should.Throw<ArgumentException>(() => new BarAggregator(Grid.Default, new AggregatorOptions { RevisionMs = revisionMs, MaxQuietMs = maxQuietMs }))
            .Message.ShouldContain(message);
}
