using CsCheck;
using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Load.Feed;
using Hts.Time;
using Hts.Trades;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Exchange;

public sealed class HaltedTapeTests
{
    private const string Symbol = "S0000USDT";
    private const long Start = 1_700_000_400_000;
    private const long HourMs = 3_600_000;
    private const int Hours = 30;

    private readonly SteadyTape whole = new(1, 0.3, 7, Start);

    [Fact]
    public void It_is_the_whole_tape_without_the_trades_of_its_halts() => Gen.Long[1, 1_000].Sample(
        seed =>
        {
            var tape = Halted(seed);
            var expected = Expected(seed);
            var trades = new Trade[expected.Length];
            tape.Read(Symbol, 1, trades).ShouldBe(trades.Length);
            trades.ShouldBe(expected);
        },
        iter: 20);

    [Fact]
    public void Any_page_and_any_instant_lead_to_the_same_trades_in_whatever_order_they_are_asked_for()
    {
        var expected = Expected(3);
        Gen.Select(Gen.Int[1, expected.Length - 300], Gen.Int[1, 300]).List[1, 5].Sample(
            pages =>
            {
                var tape = Halted(3);
                foreach (var (id, count) in pages)
                {
                    var trades = new Trade[count];
                    tape.Read(Symbol, id, trades).ShouldBe(count);
                    trades.ShouldBe(expected[(id - 1)..(id - 1 + count)]);
                    var ts = expected[id].Ts;
                    tape.IdAt(Symbol, ts).ShouldBe(Array.FindIndex(expected, trade => trade.Ts >= ts) + 1);
                    tape.IdAt(Symbol, ts + 1).ShouldBe(Array.FindIndex(expected, trade => trade.Ts >= ts + 1) + 1);
                }
            },
            iter: 50);
    }

    [Fact]
    public void A_halt_takes_minutes_of_its_hour_and_is_told_as_a_break_without_klines()
    {
        var tape = Halted(3);
        var (from, to) = FirstHalt(tape);
        (to - from).ShouldBeInRange(120_000, 1_800_000);
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(from - 1));
        var market = new TapeMarket(tape, new MarketClock(time));
        market.Status(Symbol).ShouldBe("TRADING");
        time.Advance(TimeSpan.FromMilliseconds(1));
        market.Status(Symbol).ShouldBe("BREAK");
        time.Advance(TimeSpan.FromMilliseconds(to - from));
        market.Status(Symbol).ShouldBe("TRADING");

        time.Advance(TimeSpan.FromHours(1));
        var seconds = market.Klines(Symbol, 1000, from - 10_000, to + 10_000, int.MaxValue);
        var missing = seconds.Zip(seconds.Skip(1), (a, b) => (From: a.Ts + 1000, To: b.Ts)).Where(gap => gap.To > gap.From).ShouldHaveSingleItem();
        missing.From.ShouldBeInRange(from, from + 1000);
        missing.To.ShouldBeInRange(to - 1000, to);
    }

    [Fact]
    public void Halts_stay_when_the_market_is_opened_again_with_other_switches()
    {
        using var folder = new Files.TemporaryFolder();
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Start));
        using var first = MarketOrigin.LoadOrCreate(folder.Path, time, new MarketOptions { HaltRate = 0.5, HaltSeed = 9 });
        time.Advance(TimeSpan.FromHours(5));
        using var second = MarketOrigin.LoadOrCreate(folder.Path, time, new MarketOptions { HaltRate = 0.1, HaltSeed = 2 });
        using var third = MarketOrigin.LoadOrCreate(folder.Path, time, new MarketOptions());

        var trades = Read(first.Tape);
        Read(second.Tape).ShouldBe(trades);
        Read(third.Tape).ShouldBe(trades);
        trades.Zip(trades.Skip(1), (a, b) => b.Ts - a.Ts).Max().ShouldBeGreaterThan(120_000);

        static Trade[] Read(ITape tape)
        {
            var read = new Trade[50_000];
            tape.Read("BTCUSDT", 1, read).ShouldBe(read.Length);
            return read;
        }
    }

    private HaltedTape Halted(long seed) => new(whole, new FaultPlan(new FaultOptions { Seed = seed, [FaultKind.Halt] = 0.5 }));

    /// <summary>The trades that no halt covers, numbered anew.</summary>
    private Trade[] Expected(long seed)
    {
        var halts = Halted(seed);
        var all = new Trade[whole.IdAt(Symbol, Start + (Hours * HourMs)) - 1];
        whole.Read(Symbol, 1, all);
        return [.. all.Where(trade => !halts.IsHalted(Symbol, trade.Ts)).Select((trade, at) => trade with { Id = at + 1 })];
    }

    private static (long From, long To) FirstHalt(HaltedTape tape)
    {
        var from = Start;
        while (tape.IsHalted(Symbol, from))
            from++;
        while (!tape.IsHalted(Symbol, from))
            from++;
        var to = from;
        while (tape.IsHalted(Symbol, to))
            to++;
        return (from, to);
    }
}
