using CsCheck;
using Hts.Bars;
using Hts.Exchange;
using Hts.Trades;

namespace Hts.Tests.Exchange;

public sealed class BarTradesTests
{
    private const long BarMs = 60_000;

    [Fact]
    public void Their_trades_aggregate_to_exactly_the_bar() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[1, 50], Gen.Long[10, 1_000_000_000], Gen.Double[0, 1], Gen.Int[1, 20])
            .Sample((a, b, c, d, units, takers, count) =>
            {
                int[] prices = [a, b, c, d];
                var buys = (long)(units * takers);
                var bar = new Bar(6_000_000, a, prices.Max(), prices.Min(), d, units / 1e8, buys / 1e8, count, 0);

                Same(bar);
            });

    [Fact]
    public void A_bar_without_volume_gives_none()
    {
        var nextId = 5L;

        BarTrades.Make(Bar.Flat(0, 10, 0), BarMs, ref nextId, new Trade[BarTrades.Most]).ShouldBe(0);

        nextId.ShouldBe(5);
    }

    [Fact]
    public void One_price_with_both_sides_gives_two_trades()
    {
        var nextId = 1L;
        var trades = new Trade[BarTrades.Most];

        var count = BarTrades.Make(new Bar(0, 10, 10, 10, 10, 3, 1, 7, 0), BarMs, ref nextId, trades);

        trades[..count].ShouldBe([new Trade(1, 1, 4, 15_000, 10, 1, false), new Trade(5, 5, 7, 45_000, 10, 2, true)]);
    }

    private static void Same(Bar bar)
    {
        var nextId = 1L;
        var trades = new Trade[BarTrades.Most];
        var made = trades[..BarTrades.Make(bar, BarMs, ref nextId, trades)];

        made[0].Price.ShouldBe(bar.Open);
        made[^1].Price.ShouldBe(bar.Close);
        made.Max(trade => trade.Price).ShouldBe(bar.High);
        made.Min(trade => trade.Price).ShouldBe(bar.Low);
        made.Sum(trade => Units(trade.Quantity)).ShouldBe(Units(bar.Volume));
        made.Where(trade => !trade.BuyerIsMaker).Sum(trade => Units(trade.Quantity)).ShouldBe(Units(bar.TakerBuyVolume));
        made.ShouldAllBe(trade => trade.Ts >= bar.Ts && trade.Ts < bar.Ts + BarMs && trade.Quantity > 0);
        made.Sum(trade => trade.LastId - trade.FirstId + 1).ShouldBe(Math.Max(bar.Trades, made.Length));
        nextId.ShouldBe(made[^1].LastId + 1);
    }

    private static long Units(double quantity) => (long)Math.Round(quantity * 1e8);
}
