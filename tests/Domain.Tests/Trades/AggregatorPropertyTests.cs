using CsCheck;
using Hts.Bars;
using Hts.Tests.Bars;
using Hts.Trades;

namespace Hts.Tests.Trades;

public class AggregatorPropertyTests
{
    private static readonly AggregatorOptions AllQuiet = new() { MaxQuietMs = long.MaxValue };

    [Fact]
    public void A_tape_gives_the_bars_of_its_trades_and_no_others() => Tape.Sorted.Sample(trades =>
        Tape.Read(trades).ShouldBe(NaiveBars.Of(trades, Grid.Default, maxQuietMs: 120_000)), iter: 2_000);

    [Fact]
    public void Order_and_duplicates_within_the_horizon_change_nothing() => Tape.Shuffled.Sample(tape =>
    {
        var aggregator = new BarAggregator(Grid.Default);
        var changes = new List<BarChange>();
        foreach (var trade in tape.Shuffled)
        {
            aggregator.Add(trade).ShouldBeOneOf(TradeVerdict.Accepted, TradeVerdict.Duplicate);
            changes.AddRange(Tape.Drain(aggregator));
        }
        aggregator.Flush();
        changes.AddRange(Tape.Drain(aggregator));
        changes.ShouldAllBe(c => c.Revision == 0);
        changes.Select(c => c.Bar).ShouldBe(NaiveBars.Of(tape.Sorted, Grid.Default, maxQuietMs: 120_000));
        aggregator.Accepted.ShouldBe(tape.Sorted.Length);
        aggregator.Duplicates.ShouldBe(tape.Shuffled.Length - tape.Sorted.Length);
    }, iter: 2_000);

    [Fact]
    public void A_healthy_feed_ends_at_the_same_bars_whatever_came_late() =>
        Gen.Select(Tape.Shuffled, Gen.Int[1, 7], Gen.Bool).Sample((tape, every, drainsEachTime) =>
        {
            var aggregator = new BarAggregator(Grid.Default, AllQuiet);
            var changes = new List<BarChange>();
            var newest = 0L;
            for (var i = 0; i < tape.Shuffled.Length; i++)
            {
                aggregator.Add(tape.Shuffled[i]);
                newest = Math.Max(newest, tape.Shuffled[i].Ts);
                if (i % every == 0)
                    aggregator.AdvanceTo(newest);
                if (drainsEachTime)
                    changes.AddRange(Tape.Drain(aggregator));
            }
            aggregator.AdvanceTo(newest + 60_000);
            changes.AddRange(Tape.Drain(aggregator));
            Tape.Newest(changes).ShouldBe(NaiveBars.Of(tape.Sorted, Grid.Default, long.MaxValue, vouchedTo: newest + 60_000));
        }, iter: 2_000);

    [Fact]
    public void A_seeded_aggregator_goes_on_where_the_stored_bars_end() =>
        Gen.Select(Tape.Sorted, Gen.Double[0, 1]).Sample((trades, part) =>
        {
            var whole = Tape.Read(trades, AllQuiet);
            var last = whole[(int)(part * (whole.Count - 1))];
            var aggregator = new BarAggregator(Grid.Default, AllQuiet);
            aggregator.Seed(last);
            var endTs = last.Ts + Grid.Default.BarMs;
            foreach (var trade in trades)
                aggregator.Add(trade).ShouldBe(trade.Ts < endTs ? TradeVerdict.Duplicate : TradeVerdict.Accepted);
            aggregator.Flush();
            // Trades that the feed sends again from before the seed are known by their ids.
            Tape.Drain(aggregator).Select(c => c.Bar).ShouldBe(whole.Where(b => b.Ts >= endTs));
        }, iter: 1_000);

    [Fact]
    public void Real_trades_shuffled_within_the_horizon_give_the_same_bars()
    {
        var trades = SharedData.Trades("bitflyer/BTC_JPY-2018-01-20", "bitflyer/BTC_JPY-2018-01-21");
        var random = new Random(7);
        var shuffled = trades.Select(t => (t, At: t.Ts + random.Next(Tape.MaxDelayMs))).OrderBy(x => x.At).Select(x => x.t);
        var sorted = Tape.Read(trades);
        sorted.Sum(b => (long)b.Trades).ShouldBe(trades.Length);
        sorted.ShouldBe(NaiveBars.Of(trades, Grid.Default, maxQuietMs: 120_000));
        Tape.Read(shuffled).ShouldBe(sorted);
    }
}
