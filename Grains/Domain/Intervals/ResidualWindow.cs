namespace Hts.Intervals;

/// <summary>
/// The residuals of one cell in ascending order, each with its slot. Four bytes a residual: there are twelve cells a symbol and ten
/// thousand symbols in a process. Half precision is a relative error below 0.05 %, and ends are rounded outwards by it.
/// </summary>
internal sealed class ResidualWindow
{
    private const int FirstCapacity = 16;

    // The slot's number modulo 2^16: a window spans far fewer slots.
    private ushort[] slots = [];
    private Half[] values = [];

    public int Count { get; private set; }

    public double this[int index] => (double)values[index];

    public long SlotOf(int index, long newest) => newest - (ushort)(newest - slots[index]);

    public void Add(long slot, double residual)
    {
        var value = (Half)Math.Clamp(residual, (double)Half.MinValue, (double)Half.MaxValue);
        if (Count == values.Length)
        {
            var room = Math.Max(FirstCapacity, Count + (Count / 2));
            Array.Resize(ref values, room);
            Array.Resize(ref slots, room);
        }
        var place = values.AsSpan(0, Count).BinarySearch(value);
        if (place < 0)
            place = ~place;
        values.AsSpan(place, Count - place).CopyTo(values.AsSpan(place + 1));
        slots.AsSpan(place, Count - place).CopyTo(slots.AsSpan(place + 1));
        values[place] = value;
        slots[place] = (ushort)slot;
        Count++;
    }

    /// <summary>Forgets the residual of one slot, if there is one.</summary>
    public void Remove(long slot)
    {
        var place = slots.AsSpan(0, Count).IndexOf((ushort)slot);
        if (place < 0)
            return;
        Count--;
        values.AsSpan(place + 1, Count - place).CopyTo(values.AsSpan(place));
        slots.AsSpan(place + 1, Count - place).CopyTo(slots.AsSpan(place));
    }

    public void Clear() => Count = 0;

    /// <summary>
    /// The ends outside which one more draw falls with probability <paramref name="miss"/>, half on either side: order statistics at
    /// (n + 1)·share, between neighbours by interpolation. Source: Hyndman and Fan (1996), type 6; Vovk et al. (2005) for the n + 1.
    /// </summary>
    public IntervalEnds Ends(double miss)
    {
        var rank = (Count + 1) * miss / 2;
        return new((double)Half.BitDecrement((Half)At(rank - 1)), (double)Half.BitIncrement((Half)At(Count - rank)));
    }

    private double At(double place)
    {
        place = Math.Clamp(place, 0, Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, Count - 1);
        return this[below] + ((place - below) * (this[above] - this[below]));
    }
}
