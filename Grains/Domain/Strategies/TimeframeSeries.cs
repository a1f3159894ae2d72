using System.Runtime.CompilerServices;
using Hts.Bars;

namespace Hts.Strategies;

/// <summary>
/// The newest bars of one timeframe of one symbol and the indicators on them. Every indicator is a pure function of the last
/// <see cref="LookbackBars"/> + 1 bars, computed afresh when first asked for after a bar: nothing drifts, and a series rebuilt from
/// those bars goes on to the same bits. Before the first <see cref="SigmaMinBars"/> bars the indicators say "nothing" (0, RSI 50).
/// </summary>
public sealed class TimeframeSeries
{
    /// <summary>Bars in the volatility: the longest window of all.</summary>
    public const int LookbackBars = 240;

    /// <summary>Bars from which on there is a volatility.</summary>
    public const int SigmaMinBars = 60;

    /// <summary>Bars of the fast average.</summary>
    public const int FastBars = 20;

    /// <summary>Bars of the slow average and of the standard deviation of closes.</summary>
    public const int SlowBars = 60;

    /// <summary>Price changes in the relative strength index.</summary>
    public const int RsiBars = 14;

    /// <summary>Bars over which momentum is measured; 0 for the first of them.</summary>
    public const int MomentumBars = 15;

    /// <summary>Bars in a high-low range.</summary>
    public const int RangeBars = 50;

    private readonly SlidingWindow squaredReturns = new(LookbackBars);
    private readonly SlidingWindow closes = new(SlowBars);
    private readonly SlidingWindow highs = new(RangeBars + 1);
    private readonly SlidingWindow lows = new(RangeBars + 1);
    private readonly BarRoller? roller;
    private bool sigmaKnown, rangeKnown;
    private double sigma, priorHigh, priorLow;

    internal TimeframeSeries(long barMs, long timeframeMs)
    {
        TimeframeMs = timeframeMs;
        roller = timeframeMs == barMs ? null : new BarRoller(barMs, timeframeMs);
    }

    /// <summary>Length of the bars.</summary>
    public long TimeframeMs { get; }

    /// <summary>Closed bars so far, flat ones over missing time included.</summary>
    public long Count { get; private set; }

    /// <summary>The newest close; 0 before the first.</summary>
    public double Close { get; private set; }

    /// <summary>s: root of the mean of the last 240 squared log returns, a fraction per bar. The first bar's return is 0.</summary>
    public double Sigma
    {
        get
        {
            if (!sigmaKnown)
            {
                var window = squaredReturns.Last(LookbackBars);
                sigma = Count < SigmaMinBars ? 0 : Math.Sqrt(WindowMath.Sum(window) / window.Length);
                sigmaKnown = true;
            }
            return sigma;
        }
    }

    /// <summary>c_i / c_{i−15} − 1, a fraction.</summary>
    public double Momentum => Count > MomentumBars ? (Close / closes.Back(MomentumBars)) - 1 : 0;

    /// <summary>SMA20 / SMA60 − 1, a fraction.</summary>
    public double SmaRatio => Count < SlowBars
        ? 0
        : (WindowMath.Sum(closes.Last(FastBars)) / FastBars / (WindowMath.Sum(closes.Last(SlowBars)) / SlowBars)) - 1;

    /// <summary>Relative strength of the last 14 price changes, plain sums, 0 to 100; 50 when nothing moved.</summary>
    public double Rsi
    {
        get
        {
            // The first bar's change counts as 0, so 14 bars are 14 changes.
            var window = closes.Last(RsiBars + 1);
            if (Count < RsiBars)
                return MeanRevertStrategy.Middle;
            var (gains, losses) = (0.0, 0.0);
            for (var i = 1; i < window.Length; i++)
            {
                var change = window[i] - window[i - 1];
                gains += Math.Max(change, 0);
                losses += Math.Max(-change, 0);
            }
            return gains + losses == 0 ? MeanRevertStrategy.Middle : 100 * gains / (gains + losses);
        }
    }

    /// <summary>Place of the close in the range of the last 50 bars: 0 at the lowest low, 1 at the highest high, .5 without a range.</summary>
    public double RangePlace
    {
        get
        {
            if (Count == 0)
                return 0.5;
            var high = WindowMath.Max(highs.Last(RangeBars));
            var low = WindowMath.Min(lows.Last(RangeBars));
            return high > low ? (Close - low) / (high - low) : 0.5;
        }
    }

    /// <summary>Highest high of the 50 bars before the newest one.</summary>
    public double PriorHigh
    {
        get
        {
            FindRange();
            return priorHigh;
        }
    }

    /// <summary>Lowest low of the 50 bars before the newest one.</summary>
    public double PriorLow
    {
        get
        {
            FindRange();
            return priorLow;
        }
    }

    /// <summary>Standard deviation of the last 60 closes about their mean, in quote units.</summary>
    public double CloseDeviation
    {
        get
        {
            var window = closes.Last(SlowBars);
            if (window.Length < SlowBars)
                return 0;
            var mean = WindowMath.Sum(window) / window.Length;
            return Math.Sqrt(WindowMath.SumOfSquares(window, mean) / window.Length);
        }
    }

    /// <summary>Takes the next base bar; true when it closes a bar of this timeframe. A first bar that began before the series is left out.</summary>
    internal bool Append(in Bar bar)
    {
        if (roller is null)
        {
            Push(bar.High, bar.Low, bar.Close);
            return true;
        }
        if (!roller.Append(bar) || roller.Bars < roller.BarsPerInterval)
            return false;
        ref readonly var rolled = ref roller.Current;
        Push(rolled.High, rolled.Low, rolled.Close);
        return true;
    }

    /// <summary>Says how many bars there were in truth, after the windows were rebuilt from the last of them.</summary>
    internal void Recount(long count)
    {
        Count = count;
        sigmaKnown = rangeKnown = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(double high, double low, double close)
    {
        var logReturn = Count == 0 ? 0 : Math.Log(close / Close);
        squaredReturns.Push(logReturn * logReturn);
        closes.Push(close);
        highs.Push(high);
        lows.Push(low);
        Close = close;
        Count++;
        sigmaKnown = rangeKnown = false;
    }

    private void FindRange()
    {
        if (rangeKnown)
            return;
        priorHigh = Count < 2 ? Close : WindowMath.Max(highs.BeforeLast(RangeBars));
        priorLow = Count < 2 ? Close : WindowMath.Min(lows.BeforeLast(RangeBars));
        rangeKnown = true;
    }
}
