using System.Runtime.CompilerServices;
using Hts.Bars;

namespace Hts.Trades;

/// <summary>
/// The trades of one interval in the making. Everything in it is independent of the order in which they come: first and last by
/// (time, id), quantities in whole units of 1e-8.
/// </summary>
internal struct BarCell
{
    /// <summary>Open time; tells whether a place in the ring is this interval's.</summary>
    public long Ts;
    public CellState State;
    public int Revision;
    public Bar Given;
    private long firstTs, firstId, lastTs, lastId, maxId;
    private double open, high, low, close;
    private UInt128 volume, takerBuyVolume;
    private long trades;

    public const int NotGiven = -1;

    public readonly bool HasTrades => trades > 0;

    public readonly long FirstTs => firstTs;

    public readonly long LastTs => lastTs;

    public void Reset(long ts, CellState state)
    {
        this = default;
        Ts = ts;
        State = state;
        Revision = NotGiven;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Trade trade)
    {
        if (trades == 0)
        {
            (firstTs, lastTs) = (trade.Ts, trade.Ts);
            (firstId, lastId, maxId) = (trade.Id, trade.Id, trade.Id);
            (open, high, low, close) = (trade.Price, trade.Price, trade.Price, trade.Price);
        }
        else
        {
            if (trade.Ts > lastTs || (trade.Ts == lastTs && trade.Id > lastId))
                (lastTs, lastId, close) = (trade.Ts, trade.Id, trade.Price);
            else if (trade.Ts < firstTs || (trade.Ts == firstTs && trade.Id < firstId))
                (firstTs, firstId, open) = (trade.Ts, trade.Id, trade.Price);
            if (trade.Price > high)
                high = trade.Price;
            else if (trade.Price < low)
                low = trade.Price;
            if (trade.Id > maxId)
                maxId = trade.Id;
        }
        var units = Quantities.ToUnits(trade.Quantity);
        volume += units;
        if (!trade.BuyerIsMaker)
            takerBuyVolume += units;
        // An aggregate counts the single trades it stands for, as the exchange's own bars do.
        trades += trade.LastId >= trade.FirstId ? trade.LastId - trade.FirstId + 1 : 1;
    }

    /// <param name="lastTradeId">Highest id up to the interval's beginning.</param>
    public readonly Bar ToBar(long lastTradeId) => new(
        Ts,
        open,
        high,
        low,
        close,
        Quantities.FromUnits(volume),
        Quantities.FromUnits(takerBuyVolume),
        (int)Math.Min(trades, int.MaxValue),
        Math.Max(maxId, lastTradeId));
}
