using Hts.Bars;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// Folds one-second bars of one symbol, in time order, into the grid's bars. A bar comes out only when each of its seconds was seen:
/// a missing second leaves a hole. Quantities are summed in units of 1e-8, as trades are, so that both ways give the same number.
/// </summary>
public sealed class KlineFolder(Grid grid)
{
    private const long SecondMs = 1000;

    private Bar bar;
    private UInt128 volumeUnits;
    private UInt128 takerUnits;
    private long nextTs = long.MinValue;
    private bool broken = true;

    /// <summary>Bars that could not be completed because a second was missing.</summary>
    public int Incomplete { get; private set; }

    /// <returns>True when <paramref name="second"/> completed <paramref name="closed"/>; its <see cref="Bar.LastTradeId"/> is 0.</returns>
    /// <exception cref="ArgumentException">The second is off its grid or not later than the one before.</exception>
    public bool Add(in Bar second, out Bar closed)
    {
        closed = default;
        if (second.Ts % SecondMs != 0 || second.Ts < nextTs)
            throw new ArgumentException($"The second {second.Ts} is off the grid or out of order (expected {nextTs} or later).", nameof(second));

        var ts = grid.BarOf(second.Ts);
        if (second.Ts == ts)
            Begin(ts, second);
        else if (second.Ts != nextTs || ts != bar.Ts)
            Break(ts);
        nextTs = second.Ts + SecondMs;
        if (broken)
            return false;

        Merge(second);
        if (nextTs != ts + grid.BarMs)
            return false;
        broken = true;
        closed = bar with { Volume = Quantities.FromUnits(volumeUnits), TakerBuyVolume = Quantities.FromUnits(takerUnits) };
        return true;
    }

    private void Begin(long ts, in Bar second)
    {
        if (!broken)
            Incomplete++;
        broken = false;
        bar = Bar.Flat(ts, second.Open, 0);
        volumeUnits = 0;
        takerUnits = 0;
    }

    private void Break(long ts)
    {
        if (!broken)
            Incomplete++;
        if (ts != bar.Ts)
            Incomplete++;
        broken = true;
        bar = bar with { Ts = ts };
    }

    private void Merge(in Bar second)
    {
        if (second.Trades == 0)
            return;
        // A quiet second's prices repeat the last close: they are no trades of this bar.
        bar = bar.Trades == 0
            ? second with { Ts = bar.Ts, LastTradeId = 0 }
            : bar with
            {
                High = Math.Max(bar.High, second.High),
                Low = Math.Min(bar.Low, second.Low),
                Close = second.Close,
                Trades = bar.Trades + second.Trades,
            };
        volumeUnits += Quantities.ToUnits(second.Volume);
        takerUnits += Quantities.ToUnits(second.TakerBuyVolume);
    }
}
