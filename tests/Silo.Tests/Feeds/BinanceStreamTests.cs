using System.Net.Sockets;
using System.Text;
using Hts.Feeds;
using Hts.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

public sealed class BinanceStreamTests : IDisposable
{
    private const byte Text = 1;
    private const byte Close = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;

    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
    private readonly RawWebSocketServer server = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly FeedInstruments received = new();
    private readonly FeedOptions options = new();
    private TimeSpan life = TimeSpan.FromHours(24);
    private bool restAnswers = true;

    public void Dispose()
    {
        server.Dispose();
        limit.Dispose();
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        var next = stream.Next(limit.Token).AsTask();

        await RawWebSocketServer.SendFrame(connection, Ping, "1712345678901"u8.ToArray(), limit.Token);

        var (opcode, payload) = await RawWebSocketServer.ReceiveFrame(connection, limit.Token);
        opcode.ShouldBe(Pong);
        Encoding.ASCII.GetString(payload).ShouldBe("1712345678901");
        next.IsCompleted.ShouldBeFalse();
        await End(connection, next);
    }

    [Fact]
    public async Task Silence_ends_the_connection_with_a_clear_error()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        var next = stream.Next(limit.Token).AsTask();

        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        var failure = await Should.ThrowAsync<ExchangeException>(next);
        failure.Fault.ShouldBe(ExchangeFault.Silent);
        failure.Message.ShouldContain("sent nothing for 10 s");
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task Silence_is_noticed_while_rest_does_not_answer()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        var next = stream.Next(limit.Token).AsTask();
        restAnswers = false;

        time.Advance(TimeSpan.FromSeconds(62.5));

        (await Should.ThrowAsync<ExchangeException>(next)).Fault.ShouldBe(ExchangeFault.Silent);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task Heartbeats_go_on_while_rest_does_not_answer()
    {
        options.SilenceSeconds = 600;
        await using var stream = Stream();
        var connection = await Open(stream);
        restAnswers = false;

        time.Advance(TimeSpan.FromSeconds(62.5));
        await RawWebSocketServer.ReceiveFrame(connection, limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"result":[],"id":1}"""u8.ToArray(), limit.Token);

        var heartbeat = (await stream.Next(limit.Token)).ShouldNotBeNull();
        heartbeat.IsHeartbeat.ShouldBeTrue();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        heartbeat.EventMs.ShouldBeInRange(now - 1, now);
    }

    [Fact]
    public async Task A_close_that_was_not_announced_is_a_loss_with_the_servers_reason()
    {
        await using var stream = Stream();
        var connection = await Open(stream);

        await RawWebSocketServer.SendFrame(connection, Close, [0x03, 0xf0, .. "too many messages"u8], limit.Token);

        var failure = await Should.ThrowAsync<ExchangeException>(stream.Next(limit.Token).AsTask());
        failure.Fault.ShouldBe(ExchangeFault.Unreachable);
        failure.Message.ShouldContain("unannounced (1008 too many messages)");
    }

    [Fact]
    public async Task A_broken_connection_is_told_from_silence()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        var next = stream.Next(limit.Token).AsTask();

        connection.Socket.Close(0);

        (await Should.ThrowAsync<ExchangeException>(next)).Fault.ShouldBe(ExchangeFault.Unreachable);
    }

    [Fact]
    public async Task A_heartbeat_comes_when_the_probe_is_answered_and_not_before()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        var next = stream.Next(limit.Token).AsTask();
        var probing = RawWebSocketServer.ReceiveFrame(connection, limit.Token);
        time.Advance(TimeSpan.FromSeconds(2.5));
        var (_, payload) = await probing;
        Encoding.UTF8.GetString(payload).ShouldBe("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await RawWebSocketServer.SendFrame(connection, Text, """{"result":[],"id":77}"""u8.ToArray(), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"foreign":1}"""u8.ToArray(), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, "rubbish"u8.ToArray(), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"result":[],"id":1}"""u8.ToArray(), limit.Token);

        (await next).ShouldBe(TradeEvent.Doubt);
        var heartbeat = (await stream.Next(limit.Token)).ShouldNotBeNull();
        heartbeat.IsHeartbeat.ShouldBeTrue();
        received[FeedMessageKind.Foreign].ShouldBe(1);
        received[FeedMessageKind.Malformed].ShouldBe(1);
        received[FeedMessageKind.Answer].ShouldBe(2);
    }

    [Fact]
    public async Task Symbols_come_and_go_on_the_same_connection()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        var changing = stream.Carry(["ETHUSDT"], limit.Token);

        var (_, subscribe) = await RawWebSocketServer.ReceiveFrame(connection, limit.Token);
        Encoding.UTF8.GetString(subscribe).ShouldBe("""{"method":"SUBSCRIBE","params":["ethusdt@aggTrade"],"id":1}""");
        time.Advance(TimeSpan.FromMilliseconds(250));
        var (_, unsubscribe) = await RawWebSocketServer.ReceiveFrame(connection, limit.Token);
        Encoding.UTF8.GetString(unsubscribe).ShouldBe("""{"method":"UNSUBSCRIBE","params":["btcusdt@aggTrade"],"id":2}""");
        time.Advance(TimeSpan.FromMilliseconds(250));
        await changing;
        await RawWebSocketServer.SendFrame(connection, Text, AggTrade("BTCUSDT"), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"result":null,"id":1}"""u8.ToArray(), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, AggTrade("ETHUSDT"), limit.Token);

        (await stream.Next(limit.Token)).ShouldBe(TradeEvent.Subscribed("ETHUSDT"));
        (await stream.Next(limit.Token))!.Value.Symbol.ShouldBe("ETHUSDT");
        received[FeedMessageKind.Foreign].ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_subscription_ends_the_connection()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        var changing = stream.Carry(["BTCUSDT", "ETHUSDT"], limit.Token);
        await RawWebSocketServer.ReceiveFrame(connection, limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"code":2,"msg":"Too many streams","id":1}"""u8.ToArray(), limit.Token);

        (await Should.ThrowAsync<ExchangeException>(stream.Next(limit.Token).AsTask())).Fault.ShouldBe(ExchangeFault.Rejected);
        time.Advance(TimeSpan.FromMilliseconds(250));
        await changing;
    }

    [Fact]
    public async Task A_connection_that_reached_its_age_ends_without_an_error()
    {
        life = TimeSpan.FromSeconds(4);
        await using var stream = Stream();
        var connection = await Open(stream);
        var next = stream.Next(limit.Token).AsTask();

        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        (await next).ShouldBeNull();
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_that_brings_trades_but_no_answers_proves_nothing_and_ends()
    {
        await using var stream = Stream();
        var connection = await Open(stream);
        for (var second = 0; second < 8; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await RawWebSocketServer.SendFrame(connection, Text, AggTrade("BTCUSDT"), limit.Token);
            (await stream.Next(limit.Token))!.Value.Kind.ShouldBe(TradeEventKind.Trade);
        }

        var next = stream.Next(limit.Token).AsTask();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }

        var failure = await Should.ThrowAsync<ExchangeException>(next);
        failure.Fault.ShouldBe(ExchangeFault.Silent);
        failure.Message.ShouldContain("did not answer");
    }

    private static byte[] AggTrade(string symbol) => Encoding.UTF8.GetBytes(
        $$"""{"e":"aggTrade","E":5,"s":"{{symbol}}","a":1,"p":"10","q":"1","f":1,"l":1,"T":5,"m":true,"M":true}""");

    private async Task<NetworkStream> Open(BinanceStream stream)
    {
        var accepting = server.Accept(limit.Token);
        await stream.Open(limit.Token);
        (await stream.Next(limit.Token)).ShouldBe(TradeEvent.Subscribed("BTCUSDT"));
        return await accepting;
    }

    private static async Task End(NetworkStream connection, Task<TradeEvent?> next)
    {
        connection.Socket.Close(0);
        await Should.ThrowAsync<ExchangeException>(next);
    }

    private BinanceStream Stream()
    {
        var clock = new MarketClock(time);
        (options.WebSocketUrl, options.RestUrl) = (server.WebSocketUrl, server.RestUrl);
        return new BinanceStream(
            ["BTCUSDT"],
            new ServerClock(
                stop => restAnswers ? Task.FromResult(clock.NowMs) : new TaskCompletionSource<long>().Task.WaitAsync(stop),
                clock,
                time,
                NullLogger.Instance),
            received,
            options,
            life,
            clock,
            time,
            NullLogger.Instance);
    }
}
