using System.Runtime.CompilerServices;
using Hts.Bars;

namespace Hts.Trades;

/// <summary>
/// One symbol's trades become bars. The bars do not depend on the order in which trades come within the revision horizon, down to the
/// last bit; trades are known by their ids. A live feed says up to when it is complete (<see cref="AdvanceTo"/>), which closes bars at
/// once and lets a late trade revise them; a tape just adds its trades, and bars close when they are final. An interval that no bar
/// is given for is a hole: it shows as a jump between the times of bars given for the first time.
/// </summary>
/// <remarks>
/// Take all changes (<see cref="TryTake"/>) after each batch of trades and before the next: closed bars wait for it in memory. After an
/// outage add the repaired trades before the live ones, or mark the hole first: a trade moves the horizon.
/// </remarks>
public sealed partial class BarAggregator
{
    private readonly long barMs;
    private readonly long revisionMs;
    private readonly long maxQuietMs;
    private readonly SeenIds seen = new();
    private readonly BarCell[] ring;
    private readonly Queue<BarChange> changes = new();

    // Intervals before floorTs are final and those before closedTo decided. Usually floorTs <= closedTo; only while a silence on a tape
    // may still turn out to be a hole, or flat bars were not taken yet, closedTo lies before it, and all intervals between are quiet.
    private long floorTs = long.MinValue;
    private long closedTo = long.MinValue;
    private long newestMs = long.MinValue;
    private long newestTradeTs = long.MinValue;
    private long floorMovesAt = long.MinValue;
    private long healthyTo = long.MinValue;
    private long silentFrom = long.MinValue;
    private long dirtyFrom = long.MaxValue;
    private Carry atFloor = Carry.None;
    private Carry atClosed = Carry.None;
    private long seedEnd = long.MinValue;
    private long seedId = -1;
    private long cellTs = long.MinValue;
    private int cellAt;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public BarAggregator(Grid grid, AggregatorOptions? options = null)
    {
        options ??= new AggregatorOptions();
        if (options.Check() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        barMs = grid.BarMs;
        (revisionMs, maxQuietMs) = (options.RevisionMs, options.MaxQuietMs);
        ring = new BarCell[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)((revisionMs / barMs) + 3))];
        for (var i = 0; i < ring.Length; i++)
            ring[i].Reset(long.MinValue, CellState.Open);
    }

    /// <summary>Trades after this instant are invalid: the caller's clock plus what it tolerates. Without it any time is believed.</summary>
    public long LatestMs { get; set; } = long.MaxValue;

    public long Accepted { get; private set; }

    public long Duplicates { get; private set; }

    public long Late { get; private set; }

    public long Invalid { get; private set; }

    public long InHoles { get; private set; }

    /// <summary>Goes on after a stored bar: trades up to its end are known (id at most its last) or too late.</summary>
    /// <exception cref="InvalidOperationException">There were trades before.</exception>
    public void Seed(in Bar last)
    {
        if (floorTs != long.MinValue)
            throw new InvalidOperationException("Only a fresh aggregator can be seeded.");
        (seedEnd, seedId) = (last.Ts + barMs, last.LastTradeId);
        (floorTs, closedTo, silentFrom, newestMs) = (seedEnd, seedEnd, seedEnd, seedEnd);
        floorMovesAt = floorTs + barMs + revisionMs;
        atFloor = atClosed = new Carry(last.Close, last.LastTradeId);
    }

    /// <summary>Adds a trade, in any order within the revision horizon.</summary>
    public TradeVerdict Add(in Trade trade)
    {
        if (!TradeRules.IsSound(trade, LatestMs))
        {
            Invalid++;
            return TradeVerdict.Invalid;
        }
        if (trade.Ts < floorTs)
            return Refuse(trade);
        if (!seen.Add(trade.Id, trade.Ts, floorTs))
        {
            Duplicates++;
            return TradeVerdict.Duplicate;
        }
        if (trade.Ts > newestMs)
            MoveTo(trade.Ts);
        newestTradeTs = Math.Max(newestTradeTs, trade.Ts);
        ref var cell = ref ring[(ulong)(trade.Ts - cellTs) < (ulong)barMs ? cellAt : Open(trade.Ts)];
        if (cell.State != CellState.Open && !Reopen(ref cell))
            return TradeVerdict.InHole;
        cell.Add(trade);
        Accepted++;
        return TradeVerdict.Accepted;
    }

    /// <summary>
    /// The feed is known to be healthy and complete up to this instant: every bar ended by then closes, and quiet intervals are flat
    /// bars once there is a price. To be said before the trades after a long silence are added: what was taken for a hole stays one.
    /// </summary>
    public void AdvanceTo(long healthyUntilMs)
    {
        if (healthyUntilMs <= healthyTo)
            return;
        healthyTo = healthyUntilMs;
        if (floorTs != long.MinValue && healthyUntilMs > newestMs)
            MoveTo(healthyUntilMs);
    }

    /// <summary>
    /// Trades of [<paramref name="fromTs"/>, <paramref name="toTs"/>) are lost: every interval it touches gives no bar, except those
    /// whose bar was given already. What lies before is closed. A feed that begins within an interval marks that one's beginning so.
    /// </summary>
    public void MarkHole(long fromTs, long toTs)
    {
        if (toTs <= fromTs)
            return;
        if (floorTs == long.MinValue)
            MoveTo(toTs);
        CloseUpTo(BarOf(fromTs), silenceEnd: fromTs, settled: true);
        var (firstHole, end) = (Math.Max(BarOf(fromTs), closedTo), BarOf(toTs + barMs - 1));
        closedTo = Math.Max(closedTo, end);
        if (toTs > newestMs)
            MoveTo(toTs);
        for (var ts = Math.Max(firstHole, floorTs); ts < end; ts += barMs)
            ring[Open(ts)].Reset(ts, CellState.Hole);
        cellTs = long.MinValue;
        silentFrom = Math.Max(silentFrom, toTs);
    }

    /// <summary>The tape is at its end: closes everything up to the newest trade's bar.</summary>
    public void Flush()
    {
        if (newestTradeTs != long.MinValue)
            MoveFloor(BarOf(newestTradeTs) + barMs);
    }

    /// <summary>The next bar that closed or was revised, in order of time within what one batch brought about; false when there is none.</summary>
    public bool TryTake(out BarChange change)
    {
        if (dirtyFrom != long.MaxValue)
            Revise();
        while (changes.Count == 0 && floorTs != long.MinValue && closedTo + barMs <= healthyTo)
            CloseNext();
        return changes.TryDequeue(out change);
    }

    private TradeVerdict Refuse(in Trade trade)
    {
        if (trade.Ts < seedEnd && trade.Id <= seedId)
        {
            Duplicates++;
            return TradeVerdict.Duplicate;
        }
        Late++;
        return TradeVerdict.TooLate;
    }

    /// <summary>Place in the ring of the interval that holds an instant, which is not before the floor.</summary>
    private int Open(long ms)
    {
        var ts = BarOf(ms);
        var at = (int)((ts / barMs) & (ring.Length - 1));
        if (ring[at].Ts != ts)
            ring[at].Reset(ts, ts < closedTo ? CellState.Closed : CellState.Open);
        (cellTs, cellAt) = (ts, at);
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveTo(long ms)
    {
        newestMs = ms;
        if (ms >= floorMovesAt)
            MoveFloor(BarOf(Math.Max(0, ms - revisionMs)));
    }

    private long BarOf(long ms) => ms - (ms % barMs);
}
