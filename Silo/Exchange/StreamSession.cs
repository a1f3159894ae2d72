using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Hts.Exchange.Faults;
using Hts.Time;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>
/// One WebSocket connection. It reads the tape when the clock has reached a trade, so it buffers nothing for a client: one that does not
/// keep up is cut off. Answers to control messages are sent after all trades up to their receipt: they mark a place in the stream.
/// </summary>
internal sealed partial class StreamSession(
    WebSocket socket,
    bool combined,
    TapeMarket market,
    MarketClock clock,
    TimeProvider real,
    ExchangeServerOptions options,
    ILogger<StreamSession> log)
{
    private const int LargestCommand = 1 << 16;
    private const int QueuedCommands = 64;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly StreamSubscriptions subscriptions = new(market, options.StreamsPerConnection);
    private readonly Channel<StreamCommand> commands = Channel.CreateBounded<StreamCommand>(QueuedCommands);
    private readonly PriorityQueue<TradeStream, long> due = new();
    private readonly ArrayBufferWriter<byte> output = new(512);
    private readonly StreamFaults? faults = options.Faults is { } plan ? new StreamFaults(plan) : null;
    private Utf8JsonWriter? writer;

    private TimeSpan Patience => TimeSpan.FromSeconds(options.SlowClientSeconds);

    /// <summary>Serves the connection until it ends, or announces and closes it when <paramref name="closing"/> fires.</summary>
    public async Task Run(IEnumerable<string> streams, CancellationToken closing)
    {
        var now = clock.NowMs;
        var fits = true;
        foreach (var stream in streams)
            fits &= subscriptions.TryAdd(stream, now);
        if (!fits)
        {
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, "too many streams", closing);
            return;
        }

        using var over = new CancellationTokenSource();
        var reading = ReadCommands(over);
        try
        {
            await Play(closing, over.Token);
            // To break off now could take from the client what it has not read yet.
            await Task.WhenAny(reading, Task.Delay(Farewell, real, over.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (TimeoutException)
        {
            LogSlow(log, options.SlowClientSeconds);
            socket.Abort();
        }
        catch (WebSocketException failure)
        {
            LogBroken(log, failure.Message);
        }
        finally
        {
            await over.CancelAsync();
            await reading;
            if (writer is not null)
                await writer.DisposeAsync();
        }
    }

    private async Task Play(CancellationToken closing, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.TickMs), real);
        using var ticking = CancellationTokenSource.CreateLinkedTokenSource(closing, over);
        var cutAt = clock.NowMs + (options.ConnectionHours * 3_600_000);
        while (!closing.IsCancellationRequested)
        {
            if (clock.NowMs > cutAt || faults?.End == StreamEnd.Closed)
            {
                await Send(socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, over));
                return;
            }

            if (faults?.End == StreamEnd.Broken)
            {
                socket.Abort();
                return;
            }

            if (faults?.End == StreamEnd.Announced)
                break;

            // Commands that arrive from here on wait for the next tick: this one's trades may end before their receipt.
            var waiting = commands.Reader.Count;
            var now = clock.NowMs;
            var began = real.GetTimestamp();
            await SendTrades(now, over);
            if (real.GetElapsedTime(began) > Patience)
                throw new TimeoutException();
            for (; waiting > 0 && commands.Reader.TryRead(out var command); waiting--)
            {
                if (faults is not { IsSilent: true })
                    await Obey(command, now, over);
            }

            try
            {
                await timer.WaitForNextTickAsync(ticking.Token);
            }
            catch (OperationCanceledException) when (!over.IsCancellationRequested)
            {
                break;
            }
        }

        await SendJson(json => json.WriteString("e", "serverShutdown"), over);
        await Send(socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "shutdown", over));
    }

    /// <summary>All trades up to an instant, in the order of their time across symbols.</summary>
    private async ValueTask SendTrades(long untilMs, CancellationToken over)
    {
        foreach (var stream in subscriptions.Streams)
        {
            if (stream.Cursor.TryPeek(out var trade) && trade.Ts <= untilMs)
                due.Enqueue(stream, trade.Ts);
        }

        while (due.TryDequeue(out var stream, out _))
        {
            stream.Cursor.TryPeek(out var trade);
            if (faults is null)
                await SendTrade(stream, trade, over);
            else
                await SendFaulty(stream, trade, over);
            if (faults is { End: not StreamEnd.None })
                return;
            stream.Cursor.Skip();
            if (stream.Cursor.TryPeek(out trade) && trade.Ts <= untilMs)
                due.Enqueue(stream, trade.Ts);
        }

        if (faults is not null)
            await SendHeld(untilMs, over);
    }

    private ValueTask SendTrade(TradeStream stream, in Trade trade, CancellationToken over)
    {
        var json = Begin();
        ExchangeJson.Event(json, stream.Cursor.Symbol, stream.Kind, combined ? stream.Name : null, trade);
        json.Flush();
        return SendOutput(over);
    }

    private async ValueTask Obey(StreamCommand command, long nowMs, CancellationToken over)
    {
        var error = command.Error;
        foreach (var name in command.Parameters)
        {
            if (command.Method == "UNSUBSCRIBE")
                subscriptions.Remove(name);
            else if (!subscriptions.TryAdd(name, nowMs))
                error = "Too many streams";
        }

        await SendJson(
            json =>
            {
                if (error is not null)
                {
                    json.WriteNumber("code", 2);
                    json.WriteString("msg", error);
                }
                else if (command.Method == "LIST_SUBSCRIPTIONS")
                {
                    json.WriteStartArray("result");
                    foreach (var name in subscriptions.Names)
                        json.WriteStringValue(name);
                    json.WriteEndArray();
                }
                else
                {
                    json.WriteNull("result");
                }

                json.WriteNumber("id", command.Id);
            },
            over);
    }

    private async ValueTask SendJson(Action<Utf8JsonWriter> write, CancellationToken over)
    {
        var json = Begin();
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        await SendOutput(over);
    }

    private Utf8JsonWriter Begin()
    {
        output.ResetWrittenCount();
        writer ??= new Utf8JsonWriter(output);
        writer.Reset();
        return writer;
    }

    private async ValueTask SendOutput(CancellationToken over)
    {
        var sending = socket.SendAsync(output.WrittenMemory, WebSocketMessageType.Text, true, over);
        if (!sending.IsCompletedSuccessfully)
            await Send(sending.AsTask());
    }

    private Task Send(Task sending) => sending.WaitAsync(Patience, real);

    /// <summary>Reads control messages until the client closes, breaks off or sends too many.</summary>
    private async Task ReadCommands(CancellationTokenSource over)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestCommand);
        var second = 0L;
        var messages = 0;
        try
        {
            var length = 0;
            while (!over.IsCancellationRequested)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), over.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, over.Token);
                    break;
                }

                length += part.Count;
                if (!part.EndOfMessage && length < buffer.Length)
                    continue;
                // Over a real second, whatever the clock's speed: a stall of some milliseconds is many seconds of a fast market.
                var now = clock.NowMs / (1000 * clock.Factor);
                messages = now == second ? messages + 1 : 1;
                second = now;
                if (!part.EndOfMessage || messages > options.MessagesPerSecond * clock.Factor || !commands.Writer.TryWrite(StreamCommand.Parse(buffer.AsMemory(0, length))))
                {
                    LogUnruly(log, options.MessagesPerSecond);
                    await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "too many or too large messages", over.Token);
                    break;
                }

                length = 0;
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has gone, or the connection's end was asked for.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await over.CancelAsync();
        }
    }
}
