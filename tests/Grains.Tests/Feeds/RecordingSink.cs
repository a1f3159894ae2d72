using Hts.Bars;
using Hts.Feeds;
using Hts.Markets;
using Hts.Tests.Cluster;
using Hts.Trades;

namespace Hts.Tests.Feeds;

/// <summary>A market in memory behind a feed: keeps the newest content of each bar and lets a test wait for what comes.</summary>
internal sealed class RecordingSink : IFeedSink
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<long, Bar>> bars = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Fault Appends { get; } = new();

    public Fault Counts { get; } = new();

    public List<KeyValuePair<string, FeedTally>> Tallies { get; } = [];

    public Fault Logs { get; } = new();

    public List<(string Symbol, long FromTs, long ToTs, string Cause)> Gaps { get; } = [];

    public List<(string Symbol, long FromTs, long ToTs, string Cause)> Repaired { get; } = [];

    /// <summary>Open times of bars that were said to be history.</summary>
    public HashSet<long> Fetched { get; } = [];

    public List<string> Lines { get; } = [];

    /// <summary>Symbols that were live before.</summary>
    public HashSet<string> Begun { get; } = [];

    public List<FeedStatusMessage> Statuses { get; } = [];

    public List<long> SlotEnds { get; } = [];

    public void Store(string symbol, in Bar bar)
    {
        lock (gate)
            Market(symbol)[bar.Ts] = bar;
    }

    public Bar[] Bars(string symbol)
    {
        lock (gate)
            return [.. Market(symbol).Values];
    }

    public Task<FeedCursor> Cursor(string symbol)
    {
        lock (gate)
        {
            var market = Market(symbol);
            return Task.FromResult(market.Count == 0
                ? new FeedCursor(null, 0, 0, null)
                : new FeedCursor(market.Last().Key, market.Last().Value.Close, market.Last().Value.LastTradeId, market.First().Key));
        }
    }

    public Task<bool> HasBegun(string symbol)
    {
        lock (gate)
            return Task.FromResult(Begun.Contains(symbol));
    }

    public Task<IReadOnlyList<Hole>> Missing(string symbol, long fromTs, long toTs)
    {
        lock (gate)
        {
            var missing = new List<Hole>();
            var nextTs = fromTs;
            foreach (var ts in Market(symbol).Keys.Where(ts => ts >= fromTs && ts < toTs).Append(toTs))
            {
                if (ts > nextTs)
                    missing.Add(new Hole(nextTs, ts));
                nextTs = ts + Worlds.Grid.BarMs;
            }
            return Task.FromResult<IReadOnlyList<Hole>>(missing);
        }
    }

    public Task<Bar?> BarBefore(string symbol, long ts)
    {
        lock (gate)
        {
            var before = Market(symbol).Values.Where(b => b.Ts < ts).ToArray();
            return Task.FromResult(before.Length == 0 ? (Bar?)null : before[^1]);
        }
    }

    Task<IReadOnlyList<Gap>> IFeedSink.Gaps(string symbol, long fromTs)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Gap>>(
                [.. Gaps.Where(g => g.Symbol == symbol && g.ToTs > fromTs).Select(g => new Gap(g.FromTs, g.ToTs, g.Cause, 0))]);
        }
    }

    public Task Append(string symbol, IReadOnlyList<BarChange> changes, bool fetched) => Appends.Around(() => Change(() =>
    {
        foreach (var change in changes)
        {
            Market(symbol)[change.Bar.Ts] = change.Bar;
            if (fetched)
                Fetched.Add(change.Bar.Ts);
        }
    }));

    public Task MarkGap(string symbol, long fromTs, long toTs, string cause) => Change(() => Gaps.Add((symbol, fromTs, toTs, cause)));

    public Task MarkRepaired(string symbol, long fromTs, long toTs, string cause) => Change(() => Repaired.Add((symbol, fromTs, toTs, cause)));

    public Task Count(IReadOnlyCollection<KeyValuePair<string, FeedTally>> tallies) =>
        Counts.Around(() => Change(() => Tallies.AddRange(tallies)));

    public void SlotEnded(string symbol, long baseTs) => Note(() => SlotEnds.Add(baseTs));

    public Task Loaded(string symbol) => Change(() =>
    {
        Begun.Add(symbol);
        Lines.Add($"loaded {symbol}");
    });

    public void Report(FeedStatusMessage status) => Note(() => Statuses.Add(status));

    public Task Log(string level, string? symbol, string message) =>
        Logs.Around(() => Change(() => Lines.Add($"{level} {symbol} {message}")));

    /// <summary>Waits until what has come is as wanted.</summary>
    public async Task Until(Func<RecordingSink, bool> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (holds(this))
                    return;
                next = changed.Task;
            }
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Waited in vain for {what}; the log says: {string.Join(" | ", Lines)}");
            }
        }
    }

    private Task Change(Action act)
    {
        Note(act);
        return Task.CompletedTask;
    }

    private void Note(Action act)
    {
        lock (gate)
        {
            act();
            changed.TrySetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private SortedDictionary<long, Bar> Market(string symbol)
    {
        if (!bars.TryGetValue(symbol, out var market))
            bars[symbol] = market = [];
        return market;
    }
}
