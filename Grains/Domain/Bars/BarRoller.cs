namespace Hts.Bars;

/// <summary>
/// Rolls bars up to a longer interval aligned to the epoch (15 s to 1 m, 1 m to 1 h). Bars come in ascending order; missing ones
/// are simply not in the sum, and <see cref="Bars"/> against <see cref="BarsPerInterval"/> says whether any was.
/// </summary>
public sealed class BarRoller
{
    private readonly long barMs;
    private readonly long intervalMs;
    private Bar current;

    /// <exception cref="ArgumentOutOfRangeException">The interval is not a positive multiple of the bar.</exception>
    public BarRoller(long barMs, long intervalMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(barMs);
        if (intervalMs < barMs || intervalMs % barMs != 0)
            throw new ArgumentOutOfRangeException(nameof(intervalMs), intervalMs, $"Must be a multiple of the bar's {barMs} ms.");
        this.barMs = barMs;
        this.intervalMs = intervalMs;
    }

    /// <summary>Base bars in a whole interval.</summary>
    public int BarsPerInterval => (int)(intervalMs / barMs);

    /// <summary>Base bars in <see cref="Current"/> so far; 0 before the first.</summary>
    public int Bars { get; private set; }

    /// <summary>The interval of the newest base bar, as far as it is known. Only meaningful when <see cref="Bars"/> is above 0.</summary>
    public ref readonly Bar Current => ref current;

    /// <summary>Takes the next bar into its interval, beginning a new one when it lies in another. True when it ends the interval.</summary>
    public bool Append(in Bar bar)
    {
        var start = IntervalOf(bar.Ts);
        if (Bars == 0 || current.Ts != start)
        {
            current = bar with { Ts = start };
            Bars = 1;
        }
        else
        {
            current = new Bar(
                start,
                current.Open,
                Math.Max(current.High, bar.High),
                Math.Min(current.Low, bar.Low),
                bar.Close,
                current.Volume + bar.Volume,
                current.TakerBuyVolume + bar.TakerBuyVolume,
                current.Trades + bar.Trades,
                Math.Max(current.LastTradeId, bar.LastTradeId));
            Bars++;
        }
        return bar.Ts + barMs == start + intervalMs;
    }

    /// <summary>Rolls a whole sequence; the last interval, and any with missing bars, is given as far as it is known.</summary>
    public static IEnumerable<Bar> Roll(IEnumerable<Bar> bars, long barMs, long intervalMs)
    {
        var roller = new BarRoller(barMs, intervalMs);
        foreach (var bar in bars)
        {
            if (roller.Bars > 0 && roller.IntervalOf(bar.Ts) != roller.current.Ts)
                yield return roller.current;
            if (!roller.Append(bar))
                continue;
            yield return roller.current;
            roller.Bars = 0;
        }
        if (roller.Bars > 0)
            yield return roller.current;
    }

    private long IntervalOf(long ts) => ts - (((ts % intervalMs) + intervalMs) % intervalMs);
}
