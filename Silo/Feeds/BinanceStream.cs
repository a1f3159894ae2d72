using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using Hts.Time;

namespace Hts.Feeds;

/// <summary>
/// One combined WebSocket connection. Beside reading, it asks for the list of subscriptions every few market seconds: the answer comes in
/// the order of the stream, so it proves that everything sent before it has arrived. ClientWebSocket answers the server's pings by itself.
/// </summary>
internal sealed partial class BinanceStream : IExchangeStream
{
    private const int LargestMessage = 1 << 20;
    private const int SymbolsPerRequest = 50;

    private readonly ServerClock serverClock;
    private readonly FeedInstruments received;
    private readonly FeedOptions options;
    private readonly TimeProvider real;
    private readonly ILogger log;
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim changing = new(1, 1);
    private readonly Queue<TradeEvent> pending = new();
    private readonly StreamRequests requests;
    private readonly StreamWatch watch;

    private HashSet<string> carried;
    private FeedDecoder decoder;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private Task watching = Task.CompletedTask;

    /// <param name="life">Market time after which the connection is to be renewed.</param>
    public BinanceStream(
        IReadOnlyCollection<string> symbols, ServerClock serverClock, FeedInstruments received, FeedOptions options, TimeSpan life,
        MarketClock clock, TimeProvider real, ILogger log)
    {
        (this.serverClock, this.received, this.options, this.real, this.log) = (serverClock, received, options, real, log);
        carried = [.. symbols];
        decoder = new FeedDecoder(carried);
        requests = new StreamRequests(socket, serverClock, options.MessagesPerSecond, clock, real);
        watch = new StreamWatch(requests, serverClock, options, life, clock, real);
    }

    public static string StreamOf(string symbol) => $"{symbol.ToLowerInvariant()}@aggTrade";

    public async Task Open(CancellationToken cancellationToken)
    {
        var address = new Uri($"{options.WebSocketUrl.TrimEnd('/')}/stream?streams={string.Join('/', carried.Select(StreamOf))}");
        if (address.IsLoopback)
            socket.Options.Proxy = null;
        // Asked first: without the exchange's time nothing could be proven on the connection.
        await serverClock.NowAtMost(cancellationToken);
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

        Confirm(carried);
        watching = Watch();
        LogOpened(log, options.WebSocketUrl, carried.Count);
    }

    public async ValueTask<TradeEvent?> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (pending.TryDequeue(out var confirmed))
                return confirmed;
            var length = await Receive(cancellationToken);
            if (length < 0)
                return null;
            var message = Volatile.Read(ref decoder).Decode(buffer.AsSpan(0, length));
            received.Count(message.Kind);
            switch (message.Kind)
            {
                case FeedMessageKind.Trade:
                    return TradeEvent.Of(message.Symbol, message.Trade, message.EventMs);
                case FeedMessageKind.Answer when requests.Answered(message.Id) is { } request:
                    if (request.Symbols.Count == 0)
                        return TradeEvent.Heartbeat(request.AskedMs);
                    Confirm(request.Symbols);
                    break;
                case FeedMessageKind.Refusal when requests.Answered(message.Id) is not null:
                    throw new ExchangeException(ExchangeFault.Rejected, $"{options.WebSocketUrl} refused a change of the subscriptions.");
                case FeedMessageKind.Shutdown:
                    LogShutdown(log, options.WebSocketUrl);
                    return null;
                case FeedMessageKind.Malformed:
                    LogMalformed(log, Encoding.UTF8.GetString(buffer.AsSpan(0, Math.Min(length, 200))));
                    return TradeEvent.Doubt;
            }
        }
    }

    public async Task Carry(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            var (added, removed) = (symbols.Except(carried).ToArray(), carried.Except(symbols).ToArray());
            carried = [.. symbols];
            // Trades of the new ones may come before the answer.
            Volatile.Write(ref decoder, new FeedDecoder(carried));
            foreach (var some in added.Chunk(SymbolsPerRequest))
                await requests.Subscribe(some, cancellationToken);
            foreach (var some in removed.Chunk(SymbolsPerRequest))
                await requests.Unsubscribe(some, cancellationToken);
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new ExchangeException(ExchangeFault.Unreachable, $"The connection to {options.WebSocketUrl} broke: {failure.Message}", failure);
        }
        finally
        {
            changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        socket.Dispose();
        ending.Dispose();
        requests.Dispose();
        changing.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Confirm(IEnumerable<string> symbols)
    {
        foreach (var symbol in symbols)
            pending.Enqueue(TradeEvent.Subscribed(symbol));
    }

    /// <returns>The length of the whole message in the buffer; -1 at the connection's planned end.</returns>
    private async ValueTask<int> Receive(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                watch.Heard();
                if (part.MessageType == WebSocketMessageType.Close)
                    return watch.Verdict == StreamVerdict.Aged ? -1 : throw Closed();
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
            return watch.Verdict switch
            {
                StreamVerdict.Aged => -1,
                StreamVerdict.Silent => throw new ExchangeException(
                    ExchangeFault.Silent, $"{options.WebSocketUrl} sent nothing for {options.SilenceSeconds} s.", failure),
                StreamVerdict.Deaf => throw new ExchangeException(
                    ExchangeFault.Silent, $"{options.WebSocketUrl} did not answer a request for {options.SilenceSeconds} s.", failure),
                _ => throw new ExchangeException(
                    ExchangeFault.Unreachable, $"The connection to {options.WebSocketUrl} broke: {failure.Message}", failure),
            };
        }
    }

    private ExchangeException Closed()
    {
        var reason = $"{(int?)socket.CloseStatus} {socket.CloseStatusDescription}".Trim();
        return new ExchangeException(ExchangeFault.Unreachable, $"{options.WebSocketUrl} closed the connection unannounced ({reason}).");
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

    /// <summary>Watches until the connection is over, and cuts it when it is.</summary>
    private async Task Watch()
    {
        try
        {
            await watch.Run(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The connection's owner has ended it.
            return;
        }
        catch (Exception failure)
        {
            // Without its watch nothing would be proven on the connection any more, whatever the failure is.
            LogAskFailed(log, failure.Message);
        }

        socket.Abort();
    }
}
