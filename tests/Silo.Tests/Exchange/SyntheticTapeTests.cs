using Hts.Exchange;
using Hts.Trades;

namespace Hts.Tests.Exchange;

public sealed class SyntheticTapeTests(ITestOutputHelper output)
{
    private const long Start = 1_700_000_400_000 / 600_000 * 600_000;
    private const long Slot = SyntheticRules.SlotMs;

    [Fact]
    public void The_same_seed_gives_the_same_market_however_it_is_read()
    {
        var one = new SyntheticTape(7, Start);
        var other = new SyntheticTape(7, Start);
        var late = new Trade[1000];
        other.Read("SOLUSDT", 50_000, late);

        foreach (var symbol in one.Symbols)
        {
            var whole = new Trade[20_000];
            one.Read(symbol, 1, whole).ShouldBe(whole.Length);
            var pieces = new List<Trade>();
            var piece = new Trade[777];
            while (pieces.Count < whole.Length)
            {
                other.Read(symbol, pieces.Count + 1, piece).ShouldBe(piece.Length);
                pieces.AddRange(piece);
            }

            pieces.Take(whole.Length).ShouldBe(whole);
        }
    }

    [Fact]
    public void Another_seed_gives_another_market()
    {
        var (one, other) = (new Trade[10], new Trade[10]);
        new SyntheticTape(1, Start).Read("BTCUSDT", 1, one);
        new SyntheticTape(2, Start).Read("BTCUSDT", 1, other);

        one.ShouldNotBe(other);
    }

    [Fact]
    public void Ids_are_consecutive_and_times_never_go_back()
    {
        var tape = new SyntheticTape(3, Start);
        foreach (var symbol in tape.Symbols)
        {
            var trades = new Trade[30_000];
            tape.Read(symbol, 1, trades);
            for (var i = 0; i < trades.Length; i++)
            {
                trades[i].Id.ShouldBe(i + 1);
                trades[i].Price.ShouldBeGreaterThan(0);
                trades[i].Quantity.ShouldBeGreaterThan(0);
                if (i > 0)
                    trades[i].Ts.ShouldBeGreaterThanOrEqualTo(trades[i - 1].Ts);
            }
        }
    }

    [Fact]
    public void A_time_leads_to_the_first_trade_at_or_after_it()
    {
        var tape = new SyntheticTape(3, Start);
        var trades = new Trade[5_000];
        tape.Read("ETHUSDT", 1, trades);

        foreach (var ts in new[] { Start - 5, Start, trades[700].Ts, trades[700].Ts + 1, Start + Slot, Start + (2 * Slot) - 1 })
            tape.IdAt("ETHUSDT", ts).ShouldBe(trades.First(trade => trade.Ts >= ts).Id);
    }

    [Fact]
    public void Three_days_hold_trades_of_every_symbol()
    {
        var tape = new SyntheticTape(5, Start);
        foreach (var symbol in tape.Symbols)
            tape.IdAt(symbol, Start + (3 * 144 * Slot)).ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public void Volatility_and_activity_keep_to_the_rules()
    {
        var tape = new SyntheticTape(11, Start);
        foreach (var symbol in tape.Symbols)
        {
            var slots = Slots(tape, symbol, 3000).ToList();
            foreach (var regime in slots.GroupBy(slot => slot.Regime))
            {
                var deviation = Math.Sqrt(regime.Average(slot => (slot.LogReturn - slot.Expected) * (slot.LogReturn - slot.Expected))) * 1e4;
                var perSecond = regime.Average(slot => slot.Trades) / 600.0;
                output.WriteLine($"{symbol} {regime.Key}: {regime.Count()} slots, {deviation:F0} bp, {perSecond:F2} trades/s");
                deviation.ShouldBeInRange(18, 63);
                perSecond.ShouldBeInRange(0.2, 3);
            }

            slots.Select(slot => slot.Regime).Distinct().Count().ShouldBe(4);
        }
    }

    [Fact]
    public void What_is_foreseen_correlates_modestly_with_what_comes()
    {
        var tape = new SyntheticTape(13, Start);
        foreach (var symbol in tape.Symbols)
        {
            var slots = Slots(tape, symbol, 20_000).ToList();
            var correlation = Correlation(slots.Select(slot => slot.Expected).ToList(), slots.Select(slot => slot.LogReturn).ToList());
            output.WriteLine($"{symbol}: {correlation:F3}");
            correlation.ShouldBeInRange(0.05, 0.13);
        }
    }

    [Fact]
    public void Trades_follow_their_slots_path()
    {
        var tape = new SyntheticTape(17, Start);
        var slot = tape.SlotAt("BTCUSDT", Start + (50 * Slot));
        var trades = new Trade[slot.Trades];
        tape.Read("BTCUSDT", slot.FirstId, trades);

        trades[0].Ts.ShouldBeInRange(Start + (50 * Slot), Start + (50 * Slot) + 60_000);
        trades[^1].Ts.ShouldBeLessThan(Start + (51 * Slot));
        Math.Log(trades[^1].Price).ShouldBe(slot.LogPrice + slot.LogReturn, slot.Volatility / 4);
        tape.ExpectedReturn("BTCUSDT", Start + (50 * Slot)).ShouldBe(slot.Expected);
    }

    private static IEnumerable<SyntheticSlot> Slots(SyntheticTape tape, string symbol, int count) =>
        Enumerable.Range(0, count).Select(i => tape.SlotAt(symbol, Start + (i * Slot)));

    private static double Correlation(List<double> x, List<double> y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
