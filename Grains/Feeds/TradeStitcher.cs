using Hts.Bars;
using Hts.Time;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// One symbol's trades, in the order of their ids, become bars. Knows which id is next and up to where bars were given, keeps stored holes
/// as they are, and notes from where on bars must be made anew when a trade turns up for a bar that is final.
/// Ids are taken to rise with time from one bar to the next, as the exchange deals them.
/// </summary>
internal sealed class TradeStitcher(Grid grid)
{
    private BarAggregator aggregator = NewAggregator(grid);
    private HoleMarks holes = new(grid, []);

    /// <summary>All trades up to this id are in; 0 while no id is known.</summary>
    public long LastId { get; private set; }

    /// <summary>Where it began without an id, Unix ms: trades since then are not in; 0 when an id is known.</summary>
    public long NoIdFrom { get; private set; }

    /// <summary>End of the newest bar that was given or hole that was marked; 0 before <see cref="Begin"/>.</summary>
    public long NextTs { get; private set; }

    /// <summary>Time of the newest trade; <see cref="long.MinValue"/> before the first.</summary>
    public long LastTradeTs { get; private set; } = long.MinValue;

    /// <summary>The bar from which on bars must be made anew; null when all are as they should be.</summary>
    public long? RewindTo { get; private set; }

    /// <summary>Trades that came after their bar was given.</summary>
    public long Late { get; private set; }

    public bool HasBegun => NextTs > 0;

    public void Reset()
    {
        aggregator = NewAggregator(grid);
        holes = new HoleMarks(grid, []);
        (LastId, NoIdFrom, NextTs, RewindTo) = (0, 0, 0, null);
    }

    /// <summary>Goes on behind a stored bar, or begins at an instant when there is none.</summary>
    public void Begin(Bar? last, long beginTs, IEnumerable<Gap> gaps)
    {
        Reset();
        NextTs = beginTs;
        if (last is { } seed)
        {
            aggregator.Seed(seed);
            (LastId, NextTs) = (seed.LastTradeId, seed.Ts + grid.BarMs);
        }
        NoIdFrom = LastId == 0 ? NextTs : 0;
        holes = new HoleMarks(grid, gaps.Where(g => g.ToTs > NextTs));
    }

    public TradeFit FitOf(in Trade trade, long nowMs)
    {
        aggregator.LatestMs = nowMs + BarRules.ClockToleranceMs;
        if (TradeRules.Check(trade, aggregator.LatestMs) is not null)
            return TradeFit.Unsound;
        // Without an id to go on from nobody knows what is missing.
        if (LastId == 0)
            return TradeFit.Ahead;
        return trade.Id <= LastId ? TradeFit.Known : trade.Id == LastId + 1 ? TradeFit.Next : TradeFit.Ahead;
    }

    /// <summary>Takes the next trade; false when it has impossible values and is left out.</summary>
    /// <exception cref="ExchangeException">It lies in the future.</exception>
    public bool Add(in Trade trade, long nowMs)
    {
        aggregator.LatestMs = nowMs + BarRules.ClockToleranceMs;
        // Left out, it would be lost without a word whenever this machine's clock is late.
        if (trade.Ts > aggregator.LatestMs)
        {
            throw new ExchangeException(
                ExchangeFault.Malformed, $"The trade {trade.Id} of {Timestamps.Iso(trade.Ts)} lies in the future: is this machine's clock right?");
        }
        (LastId, NoIdFrom) = (Math.Max(LastId, trade.Id), 0);
        PassHoles(trade.Ts);
        if (trade.Ts < NextTs)
            Late++;
        switch (aggregator.Add(trade))
        {
            case TradeVerdict.Invalid:
                return false;
            case TradeVerdict.TooLate or TradeVerdict.InHole:
                RewindTo = Math.Min(RewindTo ?? long.MaxValue, grid.BarOf(trade.Ts));
                break;
        }
        LastTradeTs = Math.Max(LastTradeTs, trade.Ts);
        return true;
    }

    /// <summary>Everything up to an instant is there: bars that ended by then close.</summary>
    public void CompleteTo(long ms)
    {
        PassHoles(ms);
        aggregator.AdvanceTo(ms);
    }

    /// <summary>Gives no bars for [from, to), both on the grid and not before <see cref="NextTs"/>.</summary>
    public void MarkHole(long fromTs, long toTs)
    {
        aggregator.MarkHole(fromTs, toTs);
        NextTs = Math.Max(NextTs, toTs);
    }

    /// <summary>A late trade that is too old to make bars anew for stays out.</summary>
    public void GiveUpRewind() => RewindTo = null;

    /// <summary>Bars that closed or changed since the last call, by time.</summary>
    public List<BarChange> Take()
    {
        var bars = new List<BarChange>();
        while (aggregator.TryTake(out var change))
            bars.Add(change);
        foreach (var change in bars)
            NextTs = Math.Max(NextTs, change.Bar.Ts + grid.BarMs);
        return bars;
    }

    private void PassHoles(long ms)
    {
        while (holes.TryPass(ms, out var hole))
        {
            aggregator.AdvanceTo(hole.FromTs);
            MarkHole(hole.FromTs, hole.ToTs);
        }
    }

    // Trades come by consecutive ids, so a silence among them is a quiet market, however long.
    private static BarAggregator NewAggregator(Grid grid) => new(grid, new AggregatorOptions { MaxQuietMs = long.MaxValue });
}
