using Hts.Bars;
using Hts.Feeds;
using Hts.Markets;
using Hts.Trades;

namespace Hts.Load.Chaos;

/// <summary>A symbol's stored market in memory, by the rules of the real one: the last content of a bar counts, and a bar fills a marked hole.</summary>
internal sealed class MarketMirror(Grid grid) : IFeedSink
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Bar> bars = [];
    private readonly SortedSet<long> holes = [];
    private readonly HashSet<long> revised = [];
    private readonly List<string> lines = [];

    public IReadOnlyDictionary<long, Bar> Bars
    {
        get
        {
            lock (gate)
                return new SortedDictionary<long, Bar>(bars);
        }
    }

    /// <summary>Open times of the intervals that are marked as missing.</summary>
    public IReadOnlySet<long> Holes
    {
        get
        {
            lock (gate)
                return new SortedSet<long>(holes);
        }
    }

    public int Revised
    {
        get
        {
            lock (gate)
                return revised.Count;
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
                return [.. lines];
        }
    }

    public void Store(in Bar bar)
    {
        lock (gate)
            bars[bar.Ts] = bar;
    }

    public Task<FeedCursor> Cursor(string symbol)
    {
        lock (gate)
        {
            return Task.FromResult(bars.Count == 0
                ? new FeedCursor(null, 0, 0, null)
                : new FeedCursor(bars.Last().Key, bars.Last().Value.Close, bars.Last().Value.LastTradeId, bars.First().Key));
        }
    }

    public Task<bool> HasBegun(string symbol) => Task.FromResult(true);

    // Nothing lacks of the past of a symbol that has begun.
    public Task<IReadOnlyList<Hole>> Missing(string symbol, long fromTs, long toTs) => Task.FromResult<IReadOnlyList<Hole>>([]);

    public Task<Bar?> BarBefore(string symbol, long ts)
    {
        lock (gate)
        {
            // The feed asks for a bar shortly before.
            for (var at = grid.BarOf(ts - 1); bars.Count > 0 && at >= bars.First().Key; at -= grid.BarMs)
            {
                if (bars.TryGetValue(at, out var bar))
                    return Task.FromResult<Bar?>(bar);
            }

            return Task.FromResult<Bar?>(null);
        }
    }

    public Task<IReadOnlyList<Gap>> Gaps(string symbol, long fromTs)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Gap>>(
                [.. holes.Where(ts => ts + grid.BarMs > fromTs).Select(ts => new Gap(ts, ts + grid.BarMs, "marked", 0))]);
        }
    }

    public Task Append(string symbol, IReadOnlyList<BarChange> changes, bool fetched)
    {
        lock (gate)
        {
            foreach (var (bar, _) in changes)
            {
                if (bars.TryGetValue(bar.Ts, out var before) && before != bar)
                    revised.Add(bar.Ts);
                bars[bar.Ts] = bar;
                holes.Remove(bar.Ts);
            }
        }

        return Task.CompletedTask;
    }

    public Task MarkGap(string symbol, long fromTs, long toTs, string cause)
    {
        lock (gate)
        {
            for (var ts = fromTs; ts < toTs; ts += grid.BarMs)
                holes.Add(ts);
        }

        return Task.CompletedTask;
    }

    public Task MarkRepaired(string symbol, long fromTs, long toTs, string cause) => Task.CompletedTask;

    public void SlotEnded(string symbol, long baseTs)
    {
        // Nobody predicts here.
    }

    public Task Loaded(string symbol) => Task.CompletedTask;

    public void Report(FeedStatusMessage status)
    {
        // Nobody watches here.
    }

    public Task Log(string level, string? symbol, string message)
    {
        lock (gate)
            lines.Add($"{level} {message}");
        return Task.CompletedTask;
    }

    public Task Count(IReadOnlyCollection<KeyValuePair<string, FeedTally>> tallies) => Task.CompletedTask;
}
