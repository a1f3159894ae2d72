using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Hts.Time;

namespace Hts.Feeds;

/// <summary>
/// One combined WebSocket connection. Beside reading, it asks for the list of subscriptions every few market seconds: the answer comes in
/// the order of the stream, so it proves that everything sent before it has arrived. ClientWebSocket answers the server's pings by itself.
/// </summary>
internal sealed partial class BinanceStream : IAsyncDisposable
{
    private const int LargestMessage = 1 << 20;

    /// <summary>However fast the market's clock runs, a proof costs a message each way.</summary>
    private static readonly TimeSpan ShortestHeartbeat = TimeSpan.FromMilliseconds(40);

    private readonly IReadOnlyList<string> symbols;
    private readonly ServerClock serverClock;
    private readonly FeedInstruments received;
    private readonly FeedOptions options;
    private readonly MarketClock clock;
    private readonly TimeProvider real;
    private readonly ILogger log;
    private readonly FeedDecoder decoder;
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource ending = new();

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private Task watch = Task.CompletedTask;
    private long lastReceived;
    private bool silent;
    private long askedId;
    private long askedAtMs;
    private long answeredId;

    public BinanceStream(
        IReadOnlyList<string> symbols,
        ServerClock serverClock,
        FeedInstruments received,
        FeedOptions options,
        MarketClock clock,
        TimeProvider real,
        ILogger log)
    {
        this.symbols = symbols;
        this.serverClock = serverClock;
        this.received = received;
        this.options = options;
        this.clock = clock;
        this.real = real;
        this.log = log;
        decoder = new FeedDecoder(symbols);
    }

    private TimeSpan Silence => TimeSpan.FromSeconds(options.SilenceSeconds);

    /// <returns>Exchange time before the first trade that will be delivered.</returns>
    public async Task<long> Open(CancellationToken cancellationToken)
    {
        var streams = string.Join('/', symbols.Select(symbol => $"{symbol.ToLowerInvariant()}@aggTrade"));
        var address = new Uri($"{options.WebSocketUrl.TrimEnd('/')}/stream?streams={streams}");
        if (address.IsLoopback)
            socket.Options.Proxy = null;
        socket.Options.KeepAliveInterval = Silence;
        socket.Options.KeepAliveTimeout = Silence;
        // Taken before the connection stands: a later instant could claim trades that are still on their way.
        var opened = await serverClock.NowAtMost(cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            await socket.ConnectAsync(address, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExchangeException(ExchangeFault.Unreachable, $"{options.WebSocketUrl} did not accept a connection within {options.TimeoutSeconds} s.");
        }
        catch (WebSocketException failure)
        {
            throw new ExchangeException(ExchangeFault.Unreachable, $"{options.WebSocketUrl} cannot be reached: {failure.Message}", failure);
        }

        lastReceived = real.GetTimestamp();
        watch = Watch(ending.Token);
        LogOpened(log, options.WebSocketUrl, symbols.Count);
        return opened;
    }

    /// <summary>The next trade or heartbeat; null when the exchange ended the connection.</summary>
    public async ValueTask<TradeEvent?> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = await Receive(cancellationToken);
            if (length < 0)
                return null;
            var message = decoder.Decode(buffer.AsSpan(0, length));
            received.Count(message.Kind);
            switch (message.Kind)
            {
                case FeedMessageKind.Trade:
                    return new TradeEvent(message.Symbol, message.Trade, message.EventMs);
                case FeedMessageKind.Answer when message.Id == Volatile.Read(ref askedId):
                    var provenMs = Volatile.Read(ref askedAtMs);
                    Volatile.Write(ref answeredId, message.Id);
                    return TradeEvent.Heartbeat(provenMs);
                case FeedMessageKind.Shutdown:
                    LogShutdown(log, options.WebSocketUrl);
                    return null;
                case FeedMessageKind.Malformed:
                    LogMalformed(log, Encoding.UTF8.GetString(buffer.AsSpan(0, Math.Min(length, 200))));
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watch;
        socket.Dispose();
        ending.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    /// <returns>The length of the whole message in the buffer; -1 at the connection's orderly end.</returns>
    private async ValueTask<int> Receive(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                Volatile.Write(ref lastReceived, real.GetTimestamp());
                if (part.MessageType == WebSocketMessageType.Close)
                    return -1;
                length += part.Count;
                if (part.EndOfMessage)
                    return length;
                if (length == buffer.Length)
                    Grow();
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Volatile.Read(ref silent)
                ? new ExchangeException(ExchangeFault.Silent, $"{options.WebSocketUrl} sent nothing for {options.SilenceSeconds} s.", failure)
                : new ExchangeException(ExchangeFault.Unreachable, $"The connection to {options.WebSocketUrl} broke: {failure.Message}", failure);
        }
    }

    private void Grow()
    {
        if (buffer.Length >= LargestMessage)
            throw new ExchangeException(ExchangeFault.Malformed, $"{options.WebSocketUrl} sent a message longer than {LargestMessage} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <summary>Asks for proofs of life and cuts the connection when it has been silent for too long.</summary>
    private async Task Watch(CancellationToken cancellationToken)
    {
        var period = clock.ToReal(TimeSpan.FromSeconds(options.HeartbeatSeconds));
        using var timer = new PeriodicTimer(period > ShortestHeartbeat ? period : ShortestHeartbeat, real);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (real.GetElapsedTime(Volatile.Read(ref lastReceived)) > Silence)
                {
                    Volatile.Write(ref silent, true);
                    socket.Abort();
                    return;
                }

                if (Volatile.Read(ref answeredId) == askedId)
                    await Ask(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection's owner has ended it.
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException)
        {
            LogAskFailed(log, failure.Message);
            socket.Abort();
        }
        catch (ExchangeException failure)
        {
            // Only the first sample of the exchange's time can fail, and Open took it.
            LogAskFailed(log, failure.Message);
            socket.Abort();
        }
    }

    private async Task Ask(CancellationToken cancellationToken)
    {
        Volatile.Write(ref askedAtMs, await serverClock.NowAtMost(cancellationToken));
        var id = askedId + 1;
        Volatile.Write(ref askedId, id);
        var text = string.Create(CultureInfo.InvariantCulture, $"{{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":{id}}}");
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);
    }
}
