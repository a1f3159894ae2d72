using System.Buffers.Binary;
using Hts.Bars;
using Hts.Strategies;

namespace Hts.Labels;

/// <summary>Saving what depends on the path, the window in progress included.</summary>
public sealed partial class LabelMaker
{
    private const int HeaderBytes = 32;
    private const int LegBytes = 21;

    /// <summary>Bytes that <see cref="SaveState"/> writes.</summary>
    public int StateSize => Book.StateSize + HeaderBytes + set.ActiveCount + (LegBytes * set.Count);

    /// <summary>Base bars that <see cref="Restore"/> needs.</summary>
    public int RestoreBars => Book.RestoreBars;

    /// <summary>Writes all that depends on the path, the window in progress included: <see cref="StateSize"/> bytes.</summary>
    public void SaveState(Span<byte> into)
    {
        Book.SaveState(into);
        var at = into[Book.StateSize..];
        BinaryPrimitives.WriteInt64LittleEndian(at, Label.Ts);
        BinaryPrimitives.WriteInt32LittleEndian(at[8..], Label.EmptyBars);
        BinaryPrimitives.WriteInt32LittleEndian(at[12..], Label.MissingBars);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], Label.Complete ? 1 : 0);
        at = at[HeaderBytes..];
        for (var a = 0; a < set.ActiveCount; a++)
            at[a] = (byte)Label.Standing[a];
        at = at[set.ActiveCount..];
        for (var i = 0; i < set.Count; i++, at = at[LegBytes..])
        {
            at[0] = (byte)(sbyte)position[i];
            BinaryPrimitives.WriteDoubleLittleEndian(at[1..], entry[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(at[9..], Label.Gross[i]);
            BinaryPrimitives.WriteInt32LittleEndian(at[17..], Label.Sides[i]);
        }
    }

    /// <summary>A maker that goes on to the same bits as the one that saved the state.</summary>
    /// <param name="lastBars">As for <see cref="StrategyBook.Restore"/>.</param>
    /// <exception cref="InvalidDataException">The state does not fit or is damaged, or the bars do not reach back far enough.</exception>
    public static LabelMaker Restore(StrategySet set, Grid grid, ReadOnlySpan<byte> state, ReadOnlySpan<Bar> lastBars)
    {
        var maker = new LabelMaker(set, grid, StrategyBook.Restore(set, grid, state, lastBars));
        if (state.Length < maker.StateSize)
            throw new InvalidDataException($"A label maker's state has {state.Length} bytes, {maker.StateSize} are needed.");
        var label = maker.Label;
        var at = state[maker.Book.StateSize..];
        label.Ts = BinaryPrimitives.ReadInt64LittleEndian(at);
        label.EmptyBars = BinaryPrimitives.ReadInt32LittleEndian(at[8..]);
        label.MissingBars = BinaryPrimitives.ReadInt32LittleEndian(at[12..]);
        label.Complete = BinaryPrimitives.ReadInt32LittleEndian(at[16..]) == 1;
        at = at[HeaderBytes..];
        for (var a = 0; a < set.ActiveCount; a++)
            label.Standing[a] = (sbyte)at[a];
        at = at[set.ActiveCount..];
        for (var i = 0; i < set.Count; i++, at = at[LegBytes..])
        {
            maker.position[i] = (sbyte)at[0];
            if (maker.position[i] is < -1 or > 1)
                throw new InvalidDataException($"A label maker's state holds no valid position for {set.Names[i]}.");
            maker.entry[i] = BinaryPrimitives.ReadDoubleLittleEndian(at[1..]);
            label.Gross[i] = BinaryPrimitives.ReadDoubleLittleEndian(at[9..]);
            label.Sides[i] = BinaryPrimitives.ReadInt32LittleEndian(at[17..]);
            label.Net[i] = label.Gross[i] - (set.CostPerFill * label.Sides[i]);
        }
        return maker;
    }
}
