using Hts.Exchange;
using Hts.Files;
using Hts.Tests.Files;
using Hts.Trades;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Exchange;

public sealed class MarketOriginTests : IDisposable
{
    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 3, 4, TimeSpan.Zero));

    private string Data => Path.Combine(folder.Path, "data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_synthetic_market_goes_on_over_a_restart()
    {
        using var first = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Speed = 60, Seed = 4 });
        first.Clock.NowMs.ShouldBe(time.GetUtcNow().ToUnixTimeMilliseconds());
        time.Advance(TimeSpan.FromMinutes(2));

        using var second = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Speed = 60, Seed = 99 });

        second.Clock.NowMs.ShouldBe(first.Clock.NowMs);
        (second.Clock.NowMs - time.GetUtcNow().ToUnixTimeMilliseconds()).ShouldBe(118 * 60_000);
        Read(second.Tape, "BTCUSDT", 1, 100).ShouldBe(Read(first.Tape, "BTCUSDT", 1, 100));
        (first.Record.OriginMarketMs - first.Record.StartTs).ShouldBeInRange(3 * 86_400_000L, (3 * 86_400_000L) + 600_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void A_slot_ends_soon_after_the_first_start_when_asked(int speed)
    {
        using var market = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Speed = speed, FirstSlotInSeconds = 90 });
        var behindMs = time.GetUtcNow().ToUnixTimeMilliseconds() - market.Clock.NowMs;
        behindMs.ShouldBeInRange(0, 1_200_000);

        time.Advance(TimeSpan.FromSeconds(90));

        (market.Clock.NowMs % 600_000).ShouldBe(0);
    }

    [Fact]
    public void Another_speed_continues_from_the_same_instant()
    {
        using var first = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Speed = 600 });
        time.Advance(TimeSpan.FromMinutes(1));
        var then = first.Clock.NowMs;

        using var second = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Speed = 1 });
        second.Clock.NowMs.ShouldBe(then);
        time.Advance(TimeSpan.FromSeconds(10));
        second.Clock.NowMs.ShouldBe(then + 10_000);

        using var third = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Speed = 1 });
        third.Clock.NowMs.ShouldBe(then + 10_000);
    }

    [Fact]
    public void A_recorded_market_keeps_its_shift_and_its_trades_over_a_restart()
    {
        var tape = Recorded();
        var options = new MarketOptions { Tape = tape, Speed = 10 };
        using var first = MarketOrigin.LoadOrCreate(Data, time, options);
        time.Advance(TimeSpan.FromHours(1));

        using var second = MarketOrigin.LoadOrCreate(Data, time, options);

        second.Tape.Symbols.ShouldBe(["AAA", "BBB", "CCC"]);
        foreach (var symbol in second.Tape.Symbols)
            Read(second.Tape, symbol, 1, 2000).ShouldBe(Read(first.Tape, symbol, 1, 2000));
        second.Clock.NowMs.ShouldBe(first.Clock.NowMs);
    }

    [Fact]
    public void Overlapping_symbols_share_a_shift_and_each_group_has_its_last_fifth_to_come()
    {
        using var origin = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Tape = Recorded() });
        var (tape, now) = (origin.Tape, origin.Clock.NowMs);

        origin.Record.ShiftMs["AAA"].ShouldBe(origin.Record.ShiftMs["BBB"]);
        origin.Record.ShiftMs["CCC"].ShouldNotBe(origin.Record.ShiftMs["AAA"]);
        origin.Record.ShiftMs.Values.ShouldAllBe(shift => shift % 600_000 == 0);
        foreach (var (first, last) in new[] { (tape.FirstTs("AAA"), tape.LastTs("BBB")), (tape.FirstTs("CCC"), tape.LastTs("CCC")) })
            ((now - first) / (double)(last - first)).ShouldBeInRange(0.8, 0.8 + (600_000.0 / (last - first)));
    }

    [Fact]
    public void A_folder_of_another_market_is_refused()
    {
        using (MarketOrigin.LoadOrCreate(Data, time, new MarketOptions()))
        {
        }

        Should.Throw<InvalidDataException>(() => MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Tape = Recorded() }))
            .Message.ShouldContain("holds the synthetic market");
    }

    [Fact]
    public void A_damaged_record_is_refused_by_name()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, MarketOrigin.FileName), "{\"version\":1,");

        Should.Throw<InvalidDataException>(() => MarketOrigin.LoadOrCreate(Data, time, new MarketOptions())).Message.ShouldContain("market.json");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(601)]
    public void A_speed_outside_its_range_is_refused(int speed) =>
        Should.Throw<ArgumentException>(() => MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Speed = speed }));

    [Fact]
    public void The_tape_of_recorded_trades_is_the_file_renumbered()
    {
        var path = SharedData.Path("trades/bitflyer/BTC_JPY-2018-01-20.csv.gz");
        var expected = new List<Trade>();
        foreach (var batch in TradeFile.Read(path))
            expected.AddRange(batch.Trades);
        using var origin = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Tape = path });
        var shift = origin.Record.ShiftMs["BTC_JPY"];

        var trades = Read(origin.Tape, "BTC_JPY", 1, expected.Count + 5);

        trades.ShouldBe(expected.Select((trade, i) => trade with { Id = i + 1, Ts = trade.Ts + shift }));
        origin.Tape.IdAt("BTC_JPY", trades[12_345].Ts).ShouldBe(trades.First(trade => trade.Ts == trades[12_345].Ts).Id);
        origin.Tape.IdAt("BTC_JPY", trades[^1].Ts + 1).ShouldBe(trades.Count + 1);
        origin.Tape.Read("BTC_JPY", trades.Count + 1, new Trade[5]).ShouldBe(0);
    }

    [Fact]
    public void Rows_that_go_back_in_time_are_reported_and_left_out()
    {
        folder.Write("tape/AAA-1.csv", Header + Row(1, 1_700_000_000_000) + Row(2, 1_700_000_005_000) + Row(3, 1_700_000_004_999) + Row(4, 1_700_000_005_000));
        var report = new ReadReport();

        using var origin = MarketOrigin.LoadOrCreate(Data, time, new MarketOptions { Tape = Path.Combine(folder.Path, "tape") }, report: report);

        Read(origin.Tape, "AAA", 1, 10).Select(trade => trade.FirstId).ShouldBe([1, 2, 4]);
        report.First.ShouldHaveSingleItem().Text.ShouldContain("id 3");
    }

    private static string Row(long id, long ts) => $"{id},{100 + (id % 7)},0.5,{id},{id},{ts},true\n";

    private static List<Trade> Read(ITape tape, string symbol, long fromId, int count)
    {
        var buffer = new Trade[count];
        return [.. buffer.Take(tape.Read(symbol, fromId, buffer))];
    }

    private string Recorded()
    {
        const long day = 86_400_000;
        foreach (var (symbol, start) in new[] { ("AAA", 1_500_000_000_000), ("BBB", 1_500_000_000_000 + (day / 2)), ("CCC", 1_500_000_000_000 + (5 * day)) })
            folder.Write($"tape/{symbol}-1.csv.gz", Header + string.Concat(Enumerable.Range(0, 1000).Select(i => Row(i + 1, start + (i * day / 1000)))));
        return Path.Combine(folder.Path, "tape");
    }
}
