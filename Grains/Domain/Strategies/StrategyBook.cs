using System.Buffers.Binary;
using System.Globalization;
using Hts.Bars;

namespace Hts.Strategies;

/// <summary>
/// All state machines of one symbol, running on over its base bars. What depends on the path is small (the standing states and their
/// ages) and can be saved; the windows of the indicators are rebuilt from the last bars.
/// </summary>
public sealed class StrategyBook
{
    private const int HeaderBytes = 24;
    private const int MachineBytes = 9;

    private readonly ulong fingerprint;
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
        var lengths = set.Active.Select(s => StrategySet.TimeframeMs(s.TimeframeSeconds, grid)).ToArray();
        var (rsiMs, rangeMs, trendMs) = (
            StrategySet.TimeframeMs(MeanRevertStrategy.Timeframe, grid),
            StrategySet.TimeframeMs(BreakoutStrategy.Timeframe, grid),
            StrategySet.TimeframeMs(TrendStrategy.Timeframe, grid));
        timeframes = [.. lengths.Append(rsiMs).Append(rangeMs).Append(trendMs).Distinct().Order().Select(ms => new TimeframeSeries(grid.BarMs, ms))];
        (rsiSeries, rangeSeries, trendSeries) = (SeriesOf(rsiMs), SeriesOf(rangeMs), SeriesOf(trendMs));
        seriesOf = [.. lengths.Select(SeriesOf)];
        timeframeOf = [.. seriesOf.Select(series => Array.IndexOf(timeframes, series))];
        closed = new bool[timeframes.Length];
        standing = new sbyte[set.ActiveCount];
        changedTs = new long[set.ActiveCount];
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

    /// <summary>Bytes that <see cref="SaveState"/> writes.</summary>
    public int StateSize => HeaderBytes + (MachineBytes * standing.Length);

    /// <summary>Base bars that <see cref="Restore"/> needs to rebuild every window to the bit.</summary>
    public int RestoreBars => RestoreBarsOf(Set, Grid);

    /// <summary>Base bars that a book of this set on this grid needs to be restored.</summary>
    public static int RestoreBarsOf(StrategySet set, Grid grid)
    {
        var longest = set.Active
            .Select(s => s.TimeframeSeconds)
            .Append(TrendStrategy.Timeframe)
            .Max(seconds => StrategySet.TimeframeMs(seconds, grid) / grid.BarMs);
        // The oldest return needs the bar before it; a bar may be in the making at either end.
        return (int)(((TimeframeSeries.LookbackBars + 1) * longest) + (2 * (longest - 1)));
    }

    /// <summary>Volatility s of an active strategy's bars, a fraction per bar; 0 while unknown.</summary>
    public double Sigma(int active) => seriesOf[active].Sigma;

    /// <summary>Base bars since an active strategy's state last changed (0 at the bar that changed it), or since the first bar.</summary>
    public int AgeBars(int active) => LastTs == long.MinValue ? 0 : (int)Math.Min((LastTs - changedTs[active]) / Grid.BarMs, int.MaxValue);

    /// <summary>Signed distance of an active strategy to its entry, in thresholds: see <see cref="ActiveStrategy.Trigger"/>.</summary>
    public double Trigger(int active) => Set.Active[active].Trigger(seriesOf[active]);

    /// <summary>Takes the next base bar.</summary>
    /// <exception cref="ArgumentException">The bar does not follow the newest one without a gap, or lies off the grid.</exception>
    public void Append(in Bar bar)
    {
        Follow(bar);
        for (var i = 0; i < standing.Length; i++)
        {
            if (!closed[timeframeOf[i]])
                continue;
            var next = Set.Active[i].Next(standing[i], seriesOf[i]);
            if (next == standing[i])
                continue;
            standing[i] = next;
            changedTs[i] = bar.Ts;
        }
    }

    /// <summary>Runs on over an interval of which nothing is known: a flat bar at the last close.</summary>
    /// <exception cref="InvalidOperationException">There is no bar before it.</exception>
    public void AppendMissing(long ts) => Append(FlatAt(ts));

    /// <summary>Writes the part that depends on the path: <see cref="StateSize"/> bytes.</summary>
    public void SaveState(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(into, fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(into[8..], FirstTs);
        BinaryPrimitives.WriteInt64LittleEndian(into[16..], LastTs);
        for (var i = 0; i < standing.Length; i++)
        {
            var machine = into.Slice(HeaderBytes + (i * MachineBytes), MachineBytes);
            machine[0] = (byte)standing[i];
            BinaryPrimitives.WriteInt64LittleEndian(machine[1..], changedTs[i]);
        }
    }

    /// <summary>A book that goes on to the same bits as the one that saved the state.</summary>
    /// <param name="lastBars">
    /// The newest <see cref="RestoreBars"/> stored bars up to the state's last, oldest first, or all if there are fewer. Missing
    /// intervals among them are run over as they were before; bars after the state's last are left out.
    /// </param>
    /// <exception cref="InvalidDataException">The state is of other strategies or another grid, damaged, or the bars do not reach back far enough.</exception>
    public static StrategyBook Restore(StrategySet set, Grid grid, ReadOnlySpan<byte> state, ReadOnlySpan<Bar> lastBars)
    {
        var book = new StrategyBook(set, grid);
        if (state.Length < book.StateSize)
            throw new InvalidDataException($"A book's state has {state.Length} bytes, {book.StateSize} are needed.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(state) != book.fingerprint)
            throw new InvalidDataException("A book's state was saved by other strategies, costs or bar lengths.");
        var firstTs = BinaryPrimitives.ReadInt64LittleEndian(state[8..]);
        var lastTs = BinaryPrimitives.ReadInt64LittleEndian(state[16..]);
        if (lastTs == long.MinValue)
            return book;
        book.Rebuild(firstTs, lastTs, lastBars);
        for (var i = 0; i < book.standing.Length; i++)
        {
            var machine = state.Slice(HeaderBytes + (i * MachineBytes), MachineBytes);
            book.standing[i] = (sbyte)machine[0];
            book.changedTs[i] = BinaryPrimitives.ReadInt64LittleEndian(machine[1..]);
            if (book.standing[i] is < -1 or > 1 || book.changedTs[i] < firstTs || book.changedTs[i] > lastTs)
                throw new InvalidDataException($"A book's state holds no valid position for {set.Active[i].Name}.");
        }
        return book;
    }

    /// <summary>The flat bar that stands for a missing interval.</summary>
    internal Bar FlatAt(long ts) => LastTs == long.MinValue
        ? throw new InvalidOperationException("There is no bar yet whose close could be carried on.")
        : Bar.Flat(ts, LastClose, 0);

    private void Rebuild(long firstTs, long lastTs, ReadOnlySpan<Bar> lastBars)
    {
        foreach (ref readonly var bar in lastBars)
        {
            // Bars stored since from before the book began were not in its windows.
            if (bar.Ts < firstTs)
                continue;
            if (bar.Ts > lastTs)
                break;
            while (LastTs != long.MinValue && LastTs + Grid.BarMs < bar.Ts)
                Follow(FlatAt(LastTs + Grid.BarMs));
            Follow(bar);
        }
        if (LastTs == long.MinValue || (FirstTs > firstTs && (lastTs - FirstTs) / Grid.BarMs < RestoreBars - 1))
            throw new InvalidDataException($"The bars do not reach back {RestoreBars} intervals from {lastTs}.");
        while (LastTs < lastTs)
            Follow(FlatAt(LastTs + Grid.BarMs));
        FirstTs = firstTs;
        foreach (var series in timeframes)
            series.Recount(ClosedBars(series.TimeframeMs));
    }

    /// <summary>Whole bars of a timeframe between the first base bar and the newest.</summary>
    private long ClosedBars(long timeframeMs)
    {
        var first = (FirstTs + timeframeMs - 1) / timeframeMs;
        return Math.Max(0, ((LastTs + Grid.BarMs) / timeframeMs) - first);
    }

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
