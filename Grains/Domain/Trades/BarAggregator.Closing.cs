using Hts.Bars;

namespace Hts.Trades;

/// <summary>How intervals are decided, given and given again.</summary>
public sealed partial class BarAggregator
{
    private ref BarCell Cell(long ts) => ref ring[(int)((ts / barMs) & (ring.Length - 1))];

    /// <summary>Makes everything before the new floor final.</summary>
    private void MoveFloor(long newFloor)
    {
        if (floorTs == long.MinValue)
            (floorTs, closedTo) = (newFloor, newFloor);
        if (newFloor > floorTs)
        {
            Revise();
            CloseUpTo(newFloor, silenceEnd: newFloor, settled: false);
            var end = Math.Min(newFloor, floorTs + (ring.Length * barMs));
            for (var ts = floorTs; ts < end; ts += barMs)
            {
                ref readonly var cell = ref Cell(ts);
                if (cell.Ts == ts && cell.Revision != BarCell.NotGiven)
                    atFloor = new Carry(cell.Given.Close, cell.Given.LastTradeId);
            }
            floorTs = newFloor;
        }
        floorMovesAt = floorTs + barMs + revisionMs;
    }

    /// <summary>Decides the intervals before <paramref name="limit"/>, as far as they can be.</summary>
    /// <param name="silenceEnd">Until when at least the silence after the last trade before the limit lasts.</param>
    /// <param name="settled">True when it ends there; false when it may go on, so that a short one is not decided yet.</param>
    private void CloseUpTo(long limit, long silenceEnd, bool settled)
    {
        while (closedTo < limit)
        {
            var next = NextWithTrades(limit);
            if (next == closedTo)
            {
                CloseNext();
                continue;
            }
            if (!atClosed.HasPrice)
            {
                closedTo = next;
                continue;
            }
            var vouched = Math.Min(next, BarOf(Math.Max(healthyTo, 0)));
            if (closedTo < vouched)
            {
                // Flat bars that nothing follows are made when they are taken: a long absence costs no memory.
                if (vouched == limit && !settled)
                    return;
                CloseThrough(vouched);
                continue;
            }
            var silence = (next < limit ? Cell(next).FirstTs : silenceEnd) - Math.Max(silentFrom, healthyTo);
            if (silence > maxQuietMs)
                closedTo = next;
            else if (next < limit || settled)
                CloseThrough(next);
            else
                return;
        }
    }

    /// <summary>The first undecided interval that holds trades, or the limit.</summary>
    private long NextWithTrades(long limit)
    {
        var end = Math.Min(limit, floorTs + (ring.Length * barMs));
        for (var ts = Math.Max(closedTo, floorTs); ts < end; ts += barMs)
        {
            ref readonly var cell = ref Cell(ts);
            if (cell.Ts == ts && cell.HasTrades)
                return ts;
        }
        return limit;
    }

    private void CloseThrough(long end)
    {
        while (closedTo < end)
            CloseNext();
    }

    /// <summary>Decides the next interval: its trades' bar, or a flat one.</summary>
    private void CloseNext()
    {
        var ts = closedTo;
        closedTo += barMs;
        if (ts < floorTs)
        {
            if (atClosed.HasPrice)
                changes.Enqueue(new BarChange(Bar.Flat(ts, atClosed.Close, atClosed.LastTradeId), 0));
            return;
        }
        ref var cell = ref ring[Open(ts)];
        cell.State = CellState.Closed;
        Give(ref cell, ref atClosed);
    }

    /// <summary>Gives again what late trades changed: their own bars and the flat ones after them.</summary>
    private void Revise()
    {
        if (dirtyFrom == long.MaxValue)
            return;
        var carry = atFloor;
        for (var ts = floorTs; ts < closedTo; ts += barMs)
        {
            ref var cell = ref Cell(ts);
            if (cell.Ts != ts || cell.State == CellState.Hole)
                continue;
            if (ts >= dirtyFrom)
                Give(ref cell, ref carry);
            else if (cell.Revision != BarCell.NotGiven)
                carry = new Carry(cell.Given.Close, cell.Given.LastTradeId);
        }
        atClosed = carry;
        dirtyFrom = long.MaxValue;
    }

    /// <summary>Queues an interval's bar unless it was given just so, and hands on its close.</summary>
    private void Give(ref BarCell cell, ref Carry carry)
    {
        if (cell.HasTrades)
            silentFrom = Math.Max(silentFrom, cell.LastTs);
        else if (!carry.HasPrice)
            return;
        var bar = cell.HasTrades ? cell.ToBar(carry.LastTradeId) : Bar.Flat(cell.Ts, carry.Close, carry.LastTradeId);
        if (cell.Revision == BarCell.NotGiven || bar != cell.Given)
        {
            cell.Given = bar;
            cell.Revision++;
            changes.Enqueue(new BarChange(bar, cell.Revision));
        }
        carry = new Carry(bar.Close, bar.LastTradeId);
    }

    /// <summary>A trade came for an interval already decided: false when that is a hole.</summary>
    private bool Reopen(ref BarCell cell)
    {
        if (cell.State == CellState.Hole)
        {
            InHoles++;
            return false;
        }
        dirtyFrom = Math.Min(dirtyFrom, cell.Ts);
        return true;
    }
}
