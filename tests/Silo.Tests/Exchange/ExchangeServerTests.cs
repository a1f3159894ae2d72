using System.Net.WebSockets;
using System.Text;
using Hts.Bars;
using Hts.Exchange;
using Hts.Feeds;
using Hts.Tests.Files;
using Hts.Time;
using Hts.Trades;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Exchange;

public sealed class ExchangeServerTests : IDisposable
{
    private const int Factor = 600;
    private static readonly string[] Two = ["BTCUSDT", "SOLUSDT"];

    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
    private readonly MarketClock clock = ClockNow(Factor);
    private readonly SyntheticTape tape;

    public ExchangeServerTests() => tape = new SyntheticTape(5, (clock.NowMs / SyntheticRules.SlotMs * SyntheticRules.SlotMs) - (20 * SyntheticRules.SlotMs));

    public void Dispose() => limit.Dispose();

    [Fact]
    public async Task Live_trades_are_the_tapes_in_order_of_time_and_without_a_hole()
    {
        await using var host = await ExchangeHost.Start(tape, clock);
        var received = await Collect(host.Client, Two, 3000);

        var events = received.Where(item => !item.IsHeartbeat).ToList();
        foreach (var symbol in Two)
        {
            var trades = events.Where(item => item.Symbol == symbol).Select(item => item.Trade).ToList();
            trades.Count.ShouldBeGreaterThan(200);
            trades.ShouldBe(Read(tape, symbol, trades[0].Id, trades.Count));
        }

        events.Select(item => item.Trade.Ts).ShouldBeInOrder();
        host.Client.Received[FeedMessageKind.Malformed].ShouldBe(0);
    }

    [Fact]
    public async Task A_heartbeat_never_claims_a_trade_that_comes_after_it()
    {
        await using var host = await ExchangeHost.Start(tape, clock);
        var received = await Collect(host.Client, Two, 3000, heartbeats: 4);

        var proven = received[0].EventMs;
        foreach (var item in received.Skip(1))
        {
            if (item.IsHeartbeat)
                proven = Math.Max(proven, item.EventMs);
            else
                item.Trade.Ts.ShouldBeGreaterThanOrEqualTo(proven);
        }
    }

    [Fact]
    public async Task A_quiet_market_on_a_healthy_feed_gives_heartbeats()
    {
        var quiet = new ArrayTape("BTC_JPY", [new Trade(1, 1, 1, clock.NowMs - 5000, 10, 1, true), new Trade(2, 2, 2, clock.NowMs + 86_400_000_000, 10, 1, true)]);
        await using var host = await ExchangeHost.Start(quiet, clock);

        var seen = new List<long>();
        await foreach (var item in host.Client.Trades(["BTC_JPY"], limit.Token))
        {
            item.IsHeartbeat.ShouldBeTrue();
            item.EventMs.ShouldBeLessThanOrEqualTo(clock.NowMs);
            seen.Add(item.EventMs);
            if (seen.Count == 8)
                break;
        }

        seen.ShouldBeInOrder();
        (seen[^1] - seen[0]).ShouldBeGreaterThan(60_000);
    }

    [Fact]
    public async Task Pages_by_id_and_by_time_give_the_tape_up_to_now()
    {
        await using var host = await ExchangeHost.Start(tape, clock);
        var all = Read(tape, "ETHUSDT", 1, 2500);
        var byId = new List<Trade>();
        while (byId.Count < all.Count)
            byId.AddRange(await host.Client.AggTrades("ETHUSDT", byId.Count + 1, 1000, Urgency.Live, limit.Token));
        byId.Take(all.Count).ShouldBe(all);

        var byTime = await host.Client.AggTradesByTime("ETHUSDT", all[100].Ts, all[700].Ts, limit.Token);
        byTime.ShouldBe(all.Where(trade => trade.Ts >= all[100].Ts && trade.Ts <= all[700].Ts));

        var future = await host.Client.AggTrades("ETHUSDT", tape.IdAt("ETHUSDT", clock.NowMs + 86_400_000), 1000, Urgency.Live, limit.Token);
        future.ShouldBeEmpty();
    }

    [Fact]
    public async Task Seconds_fold_to_the_bars_of_their_trades()
    {
        await using var host = await ExchangeHost.Start(tape, clock);
        var from = tape.FirstTs("BNBUSDT");
        var folder = new KlineFolder(Grid.Default);
        var bars = new List<Bar>();
        for (var ts = from; ts < from + 1_800_000; ts += 900_000)
        {
            foreach (var second in await host.Client.Klines1s("BNBUSDT", ts, ts + 899_999, 1000, limit.Token))
            {
                if (folder.Add(second, out var bar))
                    bars.Add(bar);
            }
        }

        var trades = Read(tape, "BNBUSDT", 1, 20_000);
        folder.Incomplete.ShouldBeLessThanOrEqualTo(1);
        bars.Count.ShouldBeGreaterThan(115);
        foreach (var bar in bars)
        {
            var own = trades.Where(trade => trade.Ts >= bar.Ts && trade.Ts < bar.Ts + 15_000).ToList();
            bar.Trades.ShouldBe(own.Count);
            if (own.Count == 0)
                continue;
            (bar.Open, bar.High, bar.Low, bar.Close).ShouldBe((own[0].Price, own.Max(trade => trade.Price), own.Min(trade => trade.Price), own[^1].Price));
            bar.Volume.ShouldBe(own.Sum(trade => (long)Math.Round(trade.Quantity * 1e8)) / 1e8);
            bar.TakerBuyVolume.ShouldBe(own.Where(trade => !trade.BuyerIsMaker).Sum(trade => (long)Math.Round(trade.Quantity * 1e8)) / 1e8);
        }
    }

    [Fact]
    public async Task A_lost_connection_is_told_and_the_hole_can_be_filled_by_id()
    {
        await using var host = await ExchangeHost.Start(tape, clock);
        var before = await Collect(host.Client, ["BTCUSDT"], 200, async () => await host.Restart(tape));
        var last = before[^1].Trade.Id;

        var after = await Collect(host.Client, ["BTCUSDT"], 100);

        var next = after.First(item => !item.IsHeartbeat).Trade.Id;
        next.ShouldBeGreaterThan(last);
        var hole = new List<Trade>();
        while (hole.Count < next - last - 1)
            hole.AddRange(await host.Client.AggTrades("BTCUSDT", last + 1 + hole.Count, 1000, Urgency.Live, limit.Token));
        hole.Take((int)(next - last - 1)).ShouldBe(Read(tape, "BTCUSDT", last + 1, (int)(next - last - 1)));
    }

    [Fact]
    public async Task The_servers_farewell_ends_the_sequence_without_an_error()
    {
        var host = await ExchangeHost.Start(tape, clock);
        var count = 0;
        Task? stopping = null;
        await foreach (var item in host.Client.Trades(["BTCUSDT"], limit.Token))
        {
            if (++count == 50)
                stopping = host.Server.DisposeAsync().AsTask();
        }

        await (stopping ?? Task.CompletedTask);
        count.ShouldBeGreaterThanOrEqualTo(50);
        host.Client.Received[FeedMessageKind.Shutdown].ShouldBe(1);
        (await Should.ThrowAsync<ExchangeException>(async () => await Collect(host.Client, ["BTCUSDT"], 1)))
            .Fault.ShouldBe(ExchangeFault.Unreachable);
    }

    [Fact]
    public async Task Symbols_carry_their_status_and_assets()
    {
        var now = clock.NowMs;
        var ended = new ArrayTape("BTC_JPY", [new Trade(1, 1, 1, now - 5000, 10, 1, true), new Trade(2, 2, 2, now - 1000, 10, 1, true)]);
        await using var over = await ExchangeHost.Start(ended, clock);
        await using var running = await ExchangeHost.Start(tape, clock);

        (await over.Client.Symbols(limit.Token)).ShouldBe([new ExchangeSymbol("BTC_JPY", "BTC", "JPY", "BREAK")]);
        (await running.Client.Symbols(limit.Token))[0].ShouldBe(new ExchangeSymbol("BTCUSDT", "BTC", "USDT", "TRADING"));
    }

    [Fact]
    public async Task A_wrong_request_is_refused_with_the_exchanges_code()
    {
        await using var host = await ExchangeHost.Start(tape, clock);

        var failure = await Should.ThrowAsync<ExchangeException>(async () => await host.Client.AggTrades("NOPE", 1, 10, Urgency.Live, limit.Token));

        (failure.Fault, failure.Code).ShouldBe((ExchangeFault.Rejected, -1121));
        using var http = new HttpClient();
        foreach (var (query, code) in new[]
        {
            ("aggTrades", "-1102"),
            ("aggTrades?symbol=BTCUSDT&fromId=x", "-1100"),
            ("aggTrades?symbol=BTCUSDT&fromId=1&startTime=1", "-1128"),
            ("klines?symbol=BTCUSDT&interval=15s", "-1120"),
        })
            (await (await http.GetAsync($"{host.Server.RestUrl}/api/v3/{query}", limit.Token)).Content.ReadAsStringAsync(limit.Token)).ShouldContain(code);
    }

    [Fact]
    public async Task Too_many_requests_are_told_so_and_the_client_waits_as_asked()
    {
        await using var host = await ExchangeHost.Start(tape, clock, new ExchangeServerOptions { WeightPerMinute = 10 }, feed => feed.Retries = 6);

        for (var i = 0; i < 5; i++)
            (await host.Client.AggTrades("BTCUSDT", 1, 5, Urgency.Live, limit.Token)).Count.ShouldBe(5);

        using var http = new HttpClient();
        var statuses = new List<int>();
        for (var i = 0; i < 400 && !statuses.Contains(429); i++)
        {
            using var response = await http.GetAsync($"{host.Server.RestUrl}/api/v3/aggTrades?symbol=BTCUSDT", limit.Token);
            response.Headers.Contains("X-MBX-USED-WEIGHT-1M").ShouldBeTrue();
            statuses.Add((int)response.StatusCode);
        }

        statuses.ShouldContain(429);
    }

    [Fact]
    public async Task Streams_are_managed_by_messages_and_raw_streams_are_not_wrapped()
    {
        await using var host = await ExchangeHost.Start(tape, clock);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{host.Server.WebSocketUrl}/ws"), limit.Token);

        (await Ask(socket, """{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","ethusdt@depth"],"id":1}""")).ShouldBe("""{"result":null,"id":1}""");
        (await Receive(socket)).ShouldStartWith("""{"e":"aggTrade","E":""");
        (await AskAmongTrades(socket, """{"method":"LIST_SUBSCRIPTIONS","id":2}""")).ShouldBe("""{"result":["btcusdt@aggTrade","ethusdt@depth"],"id":2}""");
        (await AskAmongTrades(socket, """{"method":"UNSUBSCRIBE","params":["btcusdt@aggTrade"],"id":3}""")).ShouldBe("""{"result":null,"id":3}""");
        (await Ask(socket, """{"method":"DANCE","id":4}""")).ShouldContain("\"code\":2");
        (await Ask(socket, "nonsense")).ShouldContain("Invalid JSON");
    }

    [Fact]
    public async Task A_client_that_talks_too_much_is_cut_off()
    {
        // All within one second, however long they take.
        await using var host = await ExchangeHost.Start(tape, new MarketClock(new FakeTimeProvider(TimeProvider.System.GetUtcNow())));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{host.Server.WebSocketUrl}/ws"), limit.Token);
        // Just above the five a second: with many more the server might close before all are sent, and the reset would hide its reason.
        for (var i = 0; i < 7; i++)
            await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"method":"LIST_SUBSCRIPTIONS","id":{{i}}}"""), WebSocketMessageType.Text, true, limit.Token);

        var buffer = new byte[4096];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, limit.Token);
        }
        while (part.MessageType != WebSocketMessageType.Close);
        part.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task On_a_fast_clock_messages_that_come_together_are_no_excess()
    {
        await using var host = await ExchangeHost.Start(tape, clock);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{host.Server.WebSocketUrl}/ws"), limit.Token);
        for (var i = 0; i < 20; i++)
            await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"method":"LIST_SUBSCRIPTIONS","id":{{i}}}"""), WebSocketMessageType.Text, true, limit.Token);

        for (var i = 0; i < 20; i++)
            (await Receive(socket)).ShouldBe($$"""{"result":[],"id":{{i}}}""");
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off()
    {
        var now = clock.NowMs;
        var busy = new ArrayTape("BTC_JPY", [.. Enumerable.Range(1, 200_000).Select(i => new Trade(i, i, i, now + 9_000_000 + (i / 1000), 10, 1, true))]);
        using var log = new LogSignal("was cut off");
        await using var host = await ExchangeHost.Start(busy, clock, new ExchangeServerOptions { SlowClientSeconds = 0.5 }, logs: log);
        using var socket = new ClientWebSocket();
        socket.Options.SetBuffer(1024, 1024);
        await socket.ConnectAsync(new Uri($"{host.Server.WebSocketUrl}/stream?streams=btc_jpy@aggTrade"), limit.Token);
        await log.Seen.WaitAsync(limit.Token);

        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            while (true)
                await Receive(socket);
        });
    }

    [Fact]
    public async Task Recorded_bars_come_back_as_one_second_klines()
    {
        var path = SharedData.Path("bars/1s/coinbase-BTCUSD-2016-10-07.csv.gz");
        using var folder = new TemporaryFolder();
        using var origin = MarketOrigin.LoadOrCreate(folder.Path, TimeProvider.System, new MarketOptions { Tape = path, Speed = 1 });
        await using var host = await ExchangeHost.Start(origin.Tape, origin.Clock);
        var shift = origin.Record.ShiftMs["BTCUSD"];
        var expected = new List<Bar>();
        foreach (var batch in Hts.Files.BarFile.Read(path))
            expected.AddRange(batch.Bars);

        var from = expected[0].Ts + shift;
        var seconds = await host.Client.Klines1s("BTCUSD", from, from + 999_999, 1000, limit.Token);

        seconds.Count.ShouldBe(1000);
        var traded = seconds.Where(second => second.Trades > 0).ToList();
        traded.Select(bar => bar with { Trades = 0 }).ShouldBe(expected.Take(traded.Count).Select(bar => bar with
        {
            Ts = bar.Ts + shift,
            Trades = 0,
            TakerBuyVolume = Math.Round(bar.TakerBuyVolume * 1e8) / 1e8,
        }));
    }

    private static MarketClock ClockNow(int factor)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new MarketClock(TimeProvider.System, now, now, factor);
    }

    private static List<Trade> Read(ITape tape, string symbol, long fromId, int count)
    {
        var trades = new Trade[count];
        tape.Read(symbol, fromId, trades).ShouldBe(count);
        return [.. trades];
    }

    private async Task<List<TradeEvent>> Collect(BinanceExchange client, string[] symbols, int trades, Func<Task>? then = null, int heartbeats = 0)
    {
        var received = new List<TradeEvent>();
        await foreach (var item in client.Trades(symbols, limit.Token))
        {
            received.Add(item);
            (trades, heartbeats) = item.IsHeartbeat ? (trades, heartbeats - 1) : (trades - 1, heartbeats);
            if (!item.IsHeartbeat && trades <= 0 && heartbeats <= 0)
            {
                if (then is null)
                    break;
                await then();
                then = null;
            }
        }

        return received;
    }

    private async Task<string> Ask(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, limit.Token);
        return await Receive(socket);
    }

    private async Task<string> AskAmongTrades(ClientWebSocket socket, string text)
    {
        var answer = await Ask(socket, text);
        while (answer.StartsWith("{\"e\":", StringComparison.Ordinal))
            answer = await Receive(socket);
        return answer;
    }

    private async Task<string> Receive(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var part = await socket.ReceiveAsync(buffer, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }
}
