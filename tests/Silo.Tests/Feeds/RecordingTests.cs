using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Hts.Bars;
using Hts.Feeds;
using Hts.Time;
using Hts.Trades;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

/// <summary>Real recordings through the real client over a real socket; its clock stands still, so it never has to ask for proofs.</summary>
public sealed class RecordingTests : IDisposable
{
    private const byte Text = 1;

    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
    private readonly RawWebSocketServer server = new();
    private readonly FeedInstruments received = new();

    public void Dispose()
    {
        server.Dispose();
        limit.Dispose();
    }

    [Theory]
    [InlineData("BTCUSDT", 19_904)]
    [InlineData("ETHUSDT", 14_515)]
    public async Task A_replayed_recording_gives_the_bars_of_its_tape(string symbol, int count)
    {
        var trades = await Replay([symbol], Recording.TradeLines(symbol));

        trades.Count.ShouldBe(count);
        ShouldHaveReceived(count, 0);
        ShouldGiveTheBarsOfTheTape(trades, symbol, count);
    }

    [Fact]
    public async Task Two_symbols_over_one_connection_give_the_bars_of_both_tapes()
    {
        var lines = Recording.TradeLines("BTCUSDT").Concat(Recording.TradeLines("ETHUSDT")).OrderBy(line => line.Received);

        var trades = await Replay(["BTCUSDT", "ETHUSDT"], lines);

        ShouldHaveReceived(34_419, 0);
        trades.Zip(trades.Skip(1)).Count(pair => pair.First.Symbol != pair.Second.Symbol).ShouldBeGreaterThan(1000);
        ShouldGiveTheBarsOfTheTape(trades, "BTCUSDT", 19_904);
        ShouldGiveTheBarsOfTheTape(trades, "ETHUSDT", 14_515);
    }

    [Theory]
    [InlineData("BTCUSDT", 676, 3324)]
    [InlineData("ETHUSDT", 614, 3386)]
    public async Task Books_and_tickers_among_the_trades_are_counted_and_left(string symbol, int count, int foreign)
    {
        var lines = Recording.MixedLines(symbol);

        var trades = await Replay([symbol], lines);

        ShouldHaveReceived(count, foreign);
        TradesIn(lines).ShouldBe(trades);
        trades.Select(one => one.Trade).ShouldBe(Recording.Tape(symbol).Take(count));
    }

    [Fact]
    public async Task A_symbol_that_was_not_asked_for_is_left()
    {
        var lines = Recording.MixedLines("BTCUSDT").Concat(Recording.MixedLines("ETHUSDT")).OrderBy(line => line.Received).ToList();

        var trades = await Replay(["ETHUSDT"], lines);

        ShouldHaveReceived(614, 8000 - 614);
        trades.ShouldBe(TradesIn(lines).Where(one => one.Symbol == "ETHUSDT"));
    }

    [Fact]
    public async Task Candles_books_and_tickers_of_2021_are_counted_and_left()
    {
        var lines = Recording.Lines("cryptofeed-2021-10-12");

        var trades = await Replay(["NKNUSDT", "BLZETH", "LRCBTC", "RUNEEUR"], lines);

        lines.Count.ShouldBe(265);
        ShouldHaveReceived(2, 263);
        trades.ShouldBe(TradesIn(lines));
    }

    private async Task<List<TradeEvent>> Replay(string[] symbols, IEnumerable<Recording.Line> lines)
    {
        await using var stream = Stream(symbols);
        var accepting = server.Accept(limit.Token);
        await stream.Open(limit.Token);
        await using var connection = await accepting;
        var sending = Send(connection, lines);
        var events = new List<TradeEvent>();
        while (await stream.Next(limit.Token) is { } one)
            events.Add(one);
        await sending;
        events.Take(symbols.Length).ShouldBe(symbols.Select(TradeEvent.Subscribed), ignoreOrder: true);
        var trades = events[symbols.Length..];
        trades.ShouldAllBe(one => one.Kind == TradeEventKind.Trade);
        return trades;
    }

    private async Task Send(NetworkStream connection, IEnumerable<Recording.Line> lines)
    {
        foreach (var line in lines)
            await RawWebSocketServer.SendFrame(connection, Text, line.Message, limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"e":"serverShutdown","E":5}"""u8.ToArray(), limit.Token);
    }

    private void ShouldHaveReceived(int trades, int foreign)
    {
        var counts = Enum.GetValues<FeedMessageKind>().Where(kind => received[kind] > 0).ToDictionary(kind => kind, kind => received[kind]);
        var expected = new Dictionary<FeedMessageKind, long> { [FeedMessageKind.Trade] = trades, [FeedMessageKind.Shutdown] = 1 };
        if (foreign > 0)
            expected[FeedMessageKind.Foreign] = foreign;
        counts.ShouldBe(expected, ignoreOrder: true);
    }

    private static void ShouldGiveTheBarsOfTheTape(IEnumerable<TradeEvent> events, string symbol, int count)
    {
        var live = new BarAggregator(Grid.Default);
        var changes = new List<BarChange>();
        foreach (var trade in events.Where(one => one.Symbol == symbol).Select(one => one.Trade))
        {
            live.AdvanceTo(trade.Ts);
            live.Add(trade);
            Take(live, changes);
        }

        live.Flush();
        Take(live, changes);
        var tape = new TapeBars(Recording.Tape(symbol), Grid.Default);
        var bars = tape.Read().ToList();

        (live.Accepted, live.Duplicates, live.Late, live.Invalid, live.InHoles).ShouldBe((count, 0, 0, 0, 0));
        (tape.Aggregator.Accepted, tape.Holes.Count).ShouldBe((count, 0));
        changes.ShouldAllBe(change => change.Revision == 0);
        bars.Count.ShouldBe(44);
        changes.Select(change => Bits(change.Bar)).ShouldBe(bars.Select(Bits));
        bars.Sum(bar => bar.Trades).ShouldBe(count);
    }

    private static void Take(BarAggregator live, List<BarChange> changes)
    {
        while (live.TryTake(out var change))
            changes.Add(change);
    }

    /// <summary>Every field, and of numbers the very bits: equal doubles may differ in the sign of zero.</summary>
    private static (long Ts, string Values, int Trades, long LastTradeId) Bits(Bar bar) => (
        bar.Ts,
        string.Join(' ', new[] { bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.TakerBuyVolume }
            .Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture))),
        bar.Trades,
        bar.LastTradeId);

    /// <summary>The trades of a recording as a general JSON reader finds them.</summary>
    private static List<TradeEvent> TradesIn(IEnumerable<Recording.Line> lines)
    {
        var trades = new List<TradeEvent>();
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line.Message);
            if (!document.RootElement.TryGetProperty("data", out var data)
                || !data.TryGetProperty("e", out var kind) || kind.GetString() is not ("trade" or "aggTrade"))
                continue;
            var (id, first, last) = kind.GetString() == "trade" ? ("t", "t", "t") : ("a", "f", "l");
            var trade = new Trade(
                data.GetProperty(id).GetInt64(), data.GetProperty(first).GetInt64(), data.GetProperty(last).GetInt64(), data.GetProperty("T").GetInt64(),
                Number(data, "p"), Number(data, "q"), data.GetProperty("m").GetBoolean());
            trades.Add(TradeEvent.Of(data.GetProperty("s").GetString()!, trade, data.GetProperty("E").GetInt64()));
        }

        return trades;
    }

    private static double Number(JsonElement data, string name) => double.Parse(data.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private BinanceStream Stream(string[] symbols)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var clock = new MarketClock(time);
        return new BinanceStream(
            symbols,
            new ServerClock(_ => Task.FromResult(clock.NowMs), clock, time, NullLogger.Instance),
            received,
            new FeedOptions { WebSocketUrl = server.WebSocketUrl, RestUrl = server.RestUrl },
            TimeSpan.FromHours(24),
            clock,
            time,
            NullLogger.Instance);
    }
}
