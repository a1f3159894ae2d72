using Hts.Bars;

namespace Hts.Files;

/// <summary>
/// Bars of a file as bars of the grid. Bars that are shorter than the grid's are merged; where such a file has no row for a while, the
/// market was quiet if the silence is short, else there is a hole. Bars of the grid's own length pass as they are.
/// </summary>
internal sealed class BarRollUp(Grid grid, long maxQuietMs)
{
    private readonly Queue<SourceBar> ready = new();
    private Bar current;
    private UnknownValues unknown;
    private long lastTs = long.MinValue;
    private bool open;
    private bool merged;

    /// <exception cref="InvalidDataException">The bar is not later than the one before.</exception>
    public void Add(in SourceBar given)
    {
        var bar = given.Bar;
        if (bar.Ts <= lastTs)
            throw new InvalidDataException($"The bar at {bar.Ts} is not later than the one before it, {lastTs}.");
        var ts = grid.BarOf(bar.Ts);
        merged |= bar.Ts != ts;
        if (open && ts == current.Ts)
        {
            Merge(bar);
            unknown |= given.Unknown;
        }
        else
        {
            Close(ts, bar.Ts - lastTs);
            current = bar with { Ts = ts };
            unknown = given.Unknown;
            open = true;
        }
        lastTs = bar.Ts;
    }

    /// <summary>The rows broke off: a bar that is put together of several is none.</summary>
    public void BreakOff() => open &= !merged;

    public void Finish()
    {
        if (open)
            ready.Enqueue(new SourceBar(current, unknown));
        open = false;
    }

    public bool TryTake(out SourceBar bar) => ready.TryDequeue(out bar);

    private void Merge(in Bar bar)
    {
        merged = true;
        if (bar.Trades == 0)
            return;
        // A quiet part's prices repeat the last close: they are no trades of this bar.
        current = current.Trades == 0 ? bar with { Ts = current.Ts } : current with
        {
            High = Math.Max(current.High, bar.High),
            Low = Math.Min(current.Low, bar.Low),
            Close = bar.Close,
            Volume = current.Volume + bar.Volume,
            TakerBuyVolume = current.TakerBuyVolume + bar.TakerBuyVolume,
            Trades = current.Trades + bar.Trades,
            LastTradeId = Math.Max(current.LastTradeId, bar.LastTradeId),
        };
    }

    private void Close(long nextTs, long silenceMs)
    {
        if (!open)
            return;
        ready.Enqueue(new SourceBar(current, unknown));
        if (!merged || silenceMs > maxQuietMs)
            return;
        for (var ts = current.Ts + grid.BarMs; ts < nextTs; ts += grid.BarMs)
            ready.Enqueue(new SourceBar(Bar.Flat(ts, current.Close, current.LastTradeId)));
    }
}
