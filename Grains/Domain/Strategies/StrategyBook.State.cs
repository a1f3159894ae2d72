using System.Buffers.Binary;
using Hts.Bars;

namespace Hts.Strategies;

/// <summary>Saving what depends on the path, rebuilding what does not.</summary>
public sealed partial class StrategyBook
{
    private const int HeaderBytes = 24;
    private const int MachineBytes = 9;

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
}
