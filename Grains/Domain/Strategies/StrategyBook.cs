using System.Globalization;
using Hts.Bars;

namespace Hts.Strategies;

/// <summary>
/// All state machines of one symbol, running on over its base bars. What depends on the path is small (the standing states and their
/// ages) and can be saved; the windows of the indicators are rebuilt from the last bars.
/// </summary>
public sealed partial class StrategyBook
{
    private readonly ulong fingerprint;
    private readonly ActiveStrategy[] machines;
    private readonly TimeframeSeries[] timeframes;
    private readonly TimeframeSeries[] seriesOf;
    private readonly int[] timeframeOf;
    private readonly bool[] closed;
    private readonly sbyte[] standing;
    private readonly long[] changedTs;
    private readonly TimeframeSeries rsiSeries, rangeSeries, trendSeries;

    public StrategyBook(StrategySet set, Grid grid)
    {
        Set = set;
        Grid = grid;
        fingerprint = ulong.Parse(set.HashOn(grid).AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        machines = [.. set.Active];
        var lengths = machines.Select(s => StrategySet.TimeframeMs(s.TimeframeSeconds, grid)).ToArray();
        var (rsiMs, rangeMs, trendMs) = (
            StrategySet.TimeframeMs(MeanRevertStrategy.Timeframe, grid),
            StrategySet.TimeframeMs(BreakoutStrategy.Timeframe, grid),
            StrategySet.TimeframeMs(TrendStrategy.Timeframe, grid));
        timeframes = [.. lengths.Append(rsiMs).Append(rangeMs).Append(trendMs).Distinct().Order().Select(ms => new TimeframeSeries(grid.BarMs, ms))];
        (rsiSeries, rangeSeries, trendSeries) = (SeriesOf(rsiMs), SeriesOf(rangeMs), SeriesOf(trendMs));
        seriesOf = [.. lengths.Select(SeriesOf)];
        timeframeOf = [.. seriesOf.Select(series => Array.IndexOf(timeframes, series))];
        closed = new bool[timeframes.Length];
        standing = new sbyte[machines.Length];
        changedTs = new long[machines.Length];
    }

    public StrategySet Set { get; }

    public Grid Grid { get; }

    /// <summary>Open time of the first base bar; meaningless before it.</summary>
    public long FirstTs { get; private set; }

    /// <summary>Open time of the newest base bar; <see cref="long.MinValue"/> before the first.</summary>
    public long LastTs { get; private set; } = long.MinValue;

    /// <summary>The newest close; 0 before the first.</summary>
    public double LastClose { get; private set; }

    /// <summary>True once every timeframe has seen its 600 bars, those over missing time included.</summary>
    public bool Warm => timeframes[^1].Count >= StrategySet.WarmupBars;

    /// <summary>Per active strategy the state after the last closed bar: the position that stands from the next open on; −1, 0 or 1.</summary>
    public ReadOnlySpan<sbyte> Standing => standing;

    /// <summary>Relative strength on the bars of mean_revert, 0 to 100.</summary>
    public double Rsi => rsiSeries.Rsi;

    /// <summary>Place of the close in the last 50 bars' range on the bars of breakout and scalper, 0 to 1.</summary>
    public double RangePlace => rangeSeries.RangePlace;

    /// <summary>SMA20 / SMA60 − 1 on the bars of trend, a fraction.</summary>
    public double SmaRatio => trendSeries.SmaRatio;

    /// <summary>Volatility s of an active strategy's bars, a fraction per bar; 0 while unknown.</summary>
    public double Sigma(int active) => seriesOf[active].Sigma;

    /// <summary>Base bars since an active strategy's state last changed (0 at the bar that changed it), or since the first bar.</summary>
    public int AgeBars(int active) => LastTs == long.MinValue ? 0 : (int)Math.Min((LastTs - changedTs[active]) / Grid.BarMs, int.MaxValue);

    /// <summary>Signed distance of an active strategy to its entry, in thresholds: see <see cref="ActiveStrategy.Trigger"/>.</summary>
    public double Trigger(int active) => machines[active].Trigger(seriesOf[active]);

    /// <summary>Takes the next base bar.</summary>
    /// <exception cref="ArgumentException">The bar does not follow the newest one without a gap, or lies off the grid.</exception>
    public void Append(in Bar bar)
    {
        Follow(bar);
        for (var i = 0; i < standing.Length; i++)
        {
            if (!closed[timeframeOf[i]])
                continue;
            var next = machines[i].Next(standing[i], seriesOf[i]);
            if (next == standing[i])
                continue;
            standing[i] = next;
            changedTs[i] = bar.Ts;
        }
    }

    /// <summary>Runs on over an interval of which nothing is known: a flat bar at the last close.</summary>
    /// <exception cref="InvalidOperationException">There is no bar before it.</exception>
    public void AppendMissing(long ts) => Append(FlatAt(ts));

    /// <summary>The flat bar that stands for a missing interval.</summary>
    internal Bar FlatAt(long ts) => LastTs == long.MinValue
        ? throw new InvalidOperationException("There is no bar yet whose close could be carried on.")
        : Bar.Flat(ts, LastClose, 0);

    /// <summary>Throws before anything changed.</summary>
    internal void CheckFollows(long ts)
    {
        if (LastTs == long.MinValue ? !Grid.IsBarTs(ts) : ts != LastTs + Grid.BarMs)
            throw Unfit(ts);
    }

    private ArgumentException Unfit(long ts) => LastTs == long.MinValue
        ? new ArgumentException($"The bar at {ts} lies off the grid of {Grid.BarMs} ms.", nameof(ts))
        : new ArgumentException($"The bar at {ts} does not follow the one at {LastTs}.", nameof(ts));

    private void Follow(in Bar bar)
    {
        CheckFollows(bar.Ts);
        if (LastTs == long.MinValue)
        {
            FirstTs = bar.Ts;
            changedTs.AsSpan().Fill(bar.Ts);
        }
        for (var i = 0; i < timeframes.Length; i++)
            closed[i] = timeframes[i].Append(bar);
        LastTs = bar.Ts;
        LastClose = bar.Close;
    }

    private TimeframeSeries SeriesOf(long timeframeMs) => Array.Find(timeframes, series => series.TimeframeMs == timeframeMs)!;
}
