using Hts.Bars;
using Hts.Feeds;
using Hts.Load.Chaos;
using Hts.Time;
using Hts.Trades;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

/// <summary>A session on the real client over a real socket. Its clock stands still, so a change of the symbols never gets through its pause.</summary>
public sealed class FeedConnectionTests : IAsyncDisposable
{
    private const byte Text = 1;

    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
    private readonly RawWebSocketServer server = new();
    private readonly MarketMirror sink = new(Grid.Default);
    private readonly FeedSession session;

    public FeedConnectionTests()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var clock = new MarketClock(time);
        sink.Store(Bar.Flat(clock.NowMs - Grid.Default.BarMs, 100, 1));
        session = new FeedSession(
            new StreamAlone(server, clock, time), sink, clock, Grid.Default, new FeedSessionOptions { BackfillDays = 0, ReconnectMs = 10 },
            NullLogger.Instance);
    }

    [Fact]
    public async Task A_refused_change_of_symbols_is_a_loss_and_the_next_connection_begins_with_all()
    {
        session.Carry(["BTCUSDT"]);
        await using var first = await server.Accept(limit.Token);
        session.Carry(["BTCUSDT", "ETHUSDT"]);
        await RawWebSocketServer.ReceiveFrame(first, limit.Token);
        await RawWebSocketServer.SendFrame(first, Text, """{"code":2,"msg":"Too many streams","id":1}"""u8.ToArray(), limit.Token);

        await using var second = await server.Accept(limit.Token);

        server.Request.ShouldContain("ethusdt");
        sink.Lines.ShouldContain(line => line.StartsWith("warning") && line.Contains("refused a change of the subscriptions"));
    }

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        server.Dispose();
        limit.Dispose();
    }

    /// <summary>The real stream; by REST nothing is to be had.</summary>
    private sealed class StreamAlone(RawWebSocketServer server, MarketClock clock, TimeProvider time) : IExchange
    {
        private readonly FeedOptions options = new() { WebSocketUrl = server.WebSocketUrl };

        public string Name => "raw";

        public async Task<IExchangeStream> Connect(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken)
        {
            var serverClock = new ServerClock(ServerTime, clock, time, NullLogger.Instance);
            var stream = new BinanceStream(
                symbols, serverClock, new FeedInstruments(), options, TimeSpan.FromHours(24), clock, time, NullLogger.Instance);
            await stream.Open(cancellationToken);
            return stream;
        }

        public Task<IReadOnlyList<Trade>> AggTrades(
            string symbol, long fromId, int limit, Urgency urgency, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Trade>>([]);

        public Task<IReadOnlyList<Trade>> AggTradesByTime(string symbol, long startMs, long endMs, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Trade>>([]);

        public Task<IReadOnlyList<Bar>> Klines1s(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Bar>>([]);

        public Task<IReadOnlyList<ExchangeSymbol>> Symbols(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ExchangeSymbol>>([]);

        public Task<long> ServerTime(CancellationToken cancellationToken) => Task.FromResult(clock.NowMs);
    }
}
