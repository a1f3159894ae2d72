using Hts.Bars;
using Hts.Time;
using Microsoft.Extensions.Logging;

namespace Hts.Feeds;

/// <summary>Keeps one connection for a set of symbols and tells each symbol's worker what happens on it.</summary>
internal sealed partial class FeedSession : IAsyncDisposable
{
    private readonly IExchange exchange;
    private readonly IFeedSink sink;
    private readonly FeedSessionOptions options;
    private readonly ILogger logger;
    private readonly Func<string, SymbolFeed> newFeed;
    private readonly FeedLanes lanes;
    private readonly FeedChores chores;
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly Lock gate = new();
    private Dictionary<string, SymbolFeed> feeds = [];
    private Dictionary<string, (CancellationTokenSource Ending, Task Work)> workers = [];
    private CancellationTokenSource? connection;
    private string? cutBecause;
    private Task? running;
    private string? lastReported;
    private bool stood;

    public FeedSession(
        IExchange exchange, IFeedSink sink, MarketClock clock, Grid grid, FeedSessionOptions options, ILogger logger)
    {
        (this.exchange, this.sink, this.options, this.logger) = (exchange, sink, options, logger);
        lanes = new FeedLanes(options);
        newFeed = symbol => new SymbolFeed(symbol, exchange, sink, clock, grid, options, lanes);
        chores = new FeedChores(exchange, sink, clock, options, () => Volatile.Read(ref feeds).Values, Cut, logger);
    }

    public IReadOnlyList<FeedStatusMessage> Statuses() => [.. Volatile.Read(ref feeds).Values.Select(f => f.Health.Status())];

    /// <summary>Carries exactly these symbols from now on.</summary>
    public void Carry(IReadOnlyCollection<string> symbols)
    {
        lock (gate)
        {
            if (feeds.Keys.ToHashSet().SetEquals(symbols))
                return;
            var next = new Dictionary<string, SymbolFeed>();
            var nextWorkers = new Dictionary<string, (CancellationTokenSource, Task)>();
            foreach (var symbol in symbols)
            {
                next[symbol] = feeds.GetValueOrDefault(symbol) ?? newFeed(symbol);
                nextWorkers[symbol] = workers.TryGetValue(symbol, out var worker) ? worker : Work(next[symbol]);
            }
            foreach (var (symbol, worker) in workers)
            {
                if (!next.ContainsKey(symbol))
                    worker.Ending.Cancel();
            }
            workers = nextWorkers;
            Volatile.Write(ref feeds, next);
            if (changed.CurrentCount == 0)
                changed.Release();
            running ??= Task.Run(Run);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        Task[] tasks;
        lock (gate)
            tasks = [.. workers.Values.Select(w => w.Work), running ?? Task.CompletedTask];
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        lanes.Dispose();
        changed.Dispose();
    }

    private (CancellationTokenSource, Task) Work(SymbolFeed feed)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        return (end, Task.Run(() => feed.Run(end.Token)));
    }

    private async Task Run()
    {
        var pause = new BackOff(options.ReconnectMs);
        var doing = chores.Run(ending.Token);
        while (!ending.IsCancellationRequested)
        {
            if (Volatile.Read(ref feeds).Count == 0)
            {
                await changed.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            string? why;
            try
            {
                why = await Connect(pause);
            }
            catch (Exception e)
            {
                // Whatever it is, the symbols need their connection back.
                LogConnectionFailed(logger, e, exchange.Name);
                why = e.Message;
            }
            if (ending.IsCancellationRequested)
                break;
            if (why is not null)
                await Lose(why);
            await pause.Wait(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await doing;
    }

    private async Task Lose(string why)
    {
        foreach (var feed in Volatile.Read(ref feeds).Values)
            feed.ConnectionLost(why, stood);
        stood = false;
        // An outage is one event, however often it is tried.
        if (why == lastReported)
            return;
        try
        {
            await sink.Log("warning", null, $"The connection to {exchange.Name} was lost: {why}");
            lastReported = why;
        }
        catch (Exception e)
        {
            LogNotTold(logger, e, exchange.Name, why);
        }
    }

    /// <returns>Why the connection was lost; null when its end was announced, planned or is wanted.</returns>
    private async Task<string?> Connect(BackOff pause)
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        lock (gate)
            (connection, cutBecause) = (mine, null);
        try
        {
            var carried = Volatile.Read(ref feeds).Keys;
            await using var stream = await exchange.Connect(carried, mine.Token);
            using var reading = CancellationTokenSource.CreateLinkedTokenSource(mine.Token);
            var following = Follow(stream, mine, reading.Token);
            try
            {
                return await Read(stream, carried.Count, pause, mine.Token);
            }
            finally
            {
                // Before the stream is disposed of: a change of the symbols may be under way on it.
                await reading.CancelAsync();
                await following;
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return Volatile.Read(ref cutBecause);
        }
        catch (ExchangeException e)
        {
            return e.Message;
        }
        finally
        {
            lock (gate)
                connection = null;
        }
    }

    private async Task<string?> Read(IExchangeStream stream, int symbols, BackOff pause, CancellationToken cancellation)
    {
        var proven = false;
        while (await stream.Next(cancellation) is { } e)
        {
            // Subscriptions say nothing: they are confirmed with the handshake, which a server that closes at once also grants.
            if (!proven && e.IsHeartbeat)
            {
                proven = stood = true;
                pause.Reset();
                lastReported = null;
                LogConnected(logger, exchange.Name, symbols);
            }
            Tell(e);
        }
        if (!proven)
            return $"{exchange.Name} ended the connection before anything was proven on it";
        LogEnded(logger, exchange.Name);
        return null;
    }

    private void Tell(in TradeEvent e)
    {
        var told = Volatile.Read(ref feeds);
        if (e.Symbol.Length > 0)
        {
            if (told.TryGetValue(e.Symbol, out var feed))
                feed.Post(e);
            return;
        }
        foreach (var feed in told.Values)
            feed.Post(e);
    }

    /// <summary>Brings changes of the symbols to the connection until cancelled, and gives it up when that fails. Never throws.</summary>
    private async Task Follow(IExchangeStream stream, CancellationTokenSource mine, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await changed.WaitAsync(cancellation);
                var carried = Volatile.Read(ref feeds).Keys;
                if (carried.Count == 0)
                    await mine.CancelAsync();
                else
                    await stream.Carry(carried, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The connection ends; the next one begins with all symbols.
        }
        catch (Exception e)
        {
            if (e is not ExchangeException)
                LogConnectionFailed(logger, e, exchange.Name);
            Cut(e.Message);
        }
    }

    /// <summary>Gives up the present connection.</summary>
    private void Cut(string why)
    {
        lock (gate)
        {
            // What follows from being cut is no reason.
            cutBecause ??= why;
            connection?.Cancel();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to {Exchange} for {Symbols} symbols")]
    private static partial void LogConnected(ILogger logger, string exchange, int symbols);

    [LoggerMessage(Level = LogLevel.Information, Message = "The connection to {Exchange} came to its announced or planned end")]
    private static partial void LogEnded(ILogger logger, string exchange);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connection to {Exchange} failed in an unexpected way")]
    private static partial void LogConnectionFailed(ILogger logger, Exception cause, string exchange);

    [LoggerMessage(Level = LogLevel.Error, Message = "The status log does not know that the connection to {Exchange} was lost: {Reason}")]
    private static partial void LogNotTold(ILogger logger, Exception cause, string exchange, string reason);
}
