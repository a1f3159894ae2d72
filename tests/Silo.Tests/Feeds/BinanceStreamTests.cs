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
    private const byte Ping = 9;
    private const byte Pong = 10;

    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
    private readonly RawWebSocketServer server = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly FeedInstruments received = new();

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
            await Task.Yield();
        }

        var failure = await Should.ThrowAsync<ExchangeException>(next);
        failure.Fault.ShouldBe(ExchangeFault.Silent);
        failure.Message.ShouldContain("sent nothing for 10 s");
        await connection.DisposeAsync();
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
        time.Advance(TimeSpan.FromSeconds(2));
        var (_, payload) = await probing;
        Encoding.UTF8.GetString(payload).ShouldBe("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await RawWebSocketServer.SendFrame(connection, Text, """{"result":[],"id":77}"""u8.ToArray(), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"foreign":1}"""u8.ToArray(), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, "rubbish"u8.ToArray(), limit.Token);
        await RawWebSocketServer.SendFrame(connection, Text, """{"result":[],"id":1}"""u8.ToArray(), limit.Token);

        var heartbeat = (await next).ShouldNotBeNull();
        heartbeat.IsHeartbeat.ShouldBeTrue();
        received[FeedMessageKind.Foreign].ShouldBe(1);
        received[FeedMessageKind.Malformed].ShouldBe(1);
        received[FeedMessageKind.Answer].ShouldBe(2);
    }

    private async Task<NetworkStream> Open(BinanceStream stream)
    {
        var accepting = server.Accept(5, limit.Token);
        await stream.Open(limit.Token);
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
        return new BinanceStream(
            ["BTCUSDT"],
            new ServerClock(_ => Task.FromResult(clock.NowMs), clock, time),
            received,
            new FeedOptions { WebSocketUrl = server.WebSocketUrl, RestUrl = server.RestUrl },
            clock,
            time,
            NullLogger.Instance);
    }
}
