using Hts.Bars;
using Hts.Time;
using Microsoft.Extensions.Logging;

namespace Hts.Feeds;

/// <summary>Keeps one connection for a set of symbols and tells each symbol's worker what happens on it.</summary>
internal sealed partial class FeedSession(
    IExchange exchange, IFeedSink sink, MarketClock clock, Grid grid, FeedSessionOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim repairs = new(options.ParallelRepairs);
    private readonly Lock gate = new();
    private Dictionary<string, SymbolFeed> feeds = [];
    private Dictionary<string, (CancellationTokenSource Ending, Task Work)> workers = [];
    private CancellationTokenSource? connection;
    private Task? running;
    private string? lastReported;

    public IReadOnlyList<FeedStatusMessage> Statuses() => [.. Volatile.Read(ref feeds).Values.Select(f => f.Status())];

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
                next[symbol] = feeds.GetValueOrDefault(symbol) ?? new SymbolFeed(symbol, exchange, sink, clock, grid, options, repairs);
                nextWorkers[symbol] = workers.TryGetValue(symbol, out var worker) ? worker : Work(next[symbol]);
            }
            foreach (var (symbol, worker) in workers)
            {
                if (!next.ContainsKey(symbol))
                    worker.Ending.Cancel();
            }
            workers = nextWorkers;
            Volatile.Write(ref feeds, next);
            connection?.Cancel();
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
        repairs.Dispose();
    }

    private (CancellationTokenSource, Task) Work(SymbolFeed feed)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        return (end, Task.Run(() => feed.Run(end.Token)));
    }

    private async Task Run()
    {
        var pause = new BackOff(options.ReconnectMs);
        var watching = WatchStatus();
        while (!ending.IsCancellationRequested)
        {
            var carried = Volatile.Read(ref feeds);
            var why = carried.Count == 0 ? null : await Connect(carried, pause);
            if (ending.IsCancellationRequested)
                break;
            if (why is not null)
            {
                foreach (var feed in carried.Values)
                    feed.ConnectionLost(why);
                // An outage is one event, however often it is tried.
                if (why != lastReported)
                    await sink.Log("warning", null, $"The connection to {exchange.Name} was lost: {why}");
                lastReported = why;
            }
            if (carried.Count == 0)
                pause.Reset();
            if (why is not null || carried.Count == 0)
                await pause.Wait(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await watching;
    }

    /// <returns>Why the connection ended; null when the symbols changed.</returns>
    private async Task<string?> Connect(Dictionary<string, SymbolFeed> carried, BackOff pause)
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        lock (gate)
        {
            if (!ReferenceEquals(carried, feeds))
                return null;
            connection = mine;
        }
        try
        {
            var connected = false;
            await foreach (var e in exchange.Trades([.. carried.Keys], mine.Token))
            {
                if (!connected)
                {
                    connected = true;
                    pause.Reset();
                    lastReported = null;
                    LogConnected(logger, exchange.Name, carried.Count);
                    Tell(carried, FeedItem.Connected);
                }
                if (e.IsHeartbeat)
                    Tell(carried, FeedItem.Of(e));
                else if (carried.TryGetValue(e.Symbol, out var feed))
                    feed.Post(FeedItem.Of(e));
            }
            return "the exchange ended it";
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return null;
        }
        catch (ExchangeException e)
        {
            return e.Message;
        }
        catch (Exception e)
        {
            // Whatever it is, the symbols need their connection back.
            LogConnectionFailed(logger, e, exchange.Name);
            return e.Message;
        }
        finally
        {
            lock (gate)
                connection = null;
        }
    }

    private static void Tell(Dictionary<string, SymbolFeed> carried, in FeedItem item)
    {
        foreach (var feed in carried.Values)
            feed.Post(item);
    }

    private async Task WatchStatus()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.StatusSeconds));
        try
        {
            do
            {
                await ReadStatus();
            }
            while (await timer.WaitForNextTickAsync(ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The session ends.
        }
    }

    private async Task ReadStatus()
    {
        try
        {
            var trading = (await exchange.Symbols(ending.Token)).Where(s => s.IsTrading).Select(s => s.Name).ToHashSet();
            foreach (var feed in Volatile.Read(ref feeds).Values)
                feed.SetTrading(trading.Contains(feed.Symbol));
        }
        catch (Exception e) when (!ending.IsCancellationRequested)
        {
            // The last known status stands; a lost connection shows by itself.
            LogStatusUnknown(logger, exchange.Name, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to {Exchange} for {Symbols} symbols")]
    private static partial void LogConnected(ILogger logger, string exchange, int symbols);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connection to {Exchange} failed in an unexpected way")]
    private static partial void LogConnectionFailed(ILogger logger, Exception cause, string exchange);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Exchange} does not tell which symbols trade: {Cause}")]
    private static partial void LogStatusUnknown(ILogger logger, string exchange, string cause);
}
