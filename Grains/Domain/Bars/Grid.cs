namespace Hts.Bars;

/// <summary>The lengths of bars and slots and the arithmetic on their boundaries. Times are Unix milliseconds UTC.</summary>
public sealed record Grid
{
    /// <exception cref="ArgumentOutOfRangeException">A length is not positive, or the bar does not divide the slot.</exception>
    public Grid(int barSeconds = 15, int slotSeconds = 600)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(barSeconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotSeconds);
        if (slotSeconds % barSeconds != 0)
            throw new ArgumentOutOfRangeException(nameof(barSeconds), barSeconds, $"A bar must divide the slot of {slotSeconds} s.");
        BarMs = barSeconds * 1000L;
        SlotMs = slotSeconds * 1000L;
    }

    public static Grid Default { get; } = new();

    public long BarMs { get; }

    public long SlotMs { get; }

    public int BarsPerSlot => (int)(SlotMs / BarMs);

    public bool IsBarTs(long ts) => ts % BarMs == 0;

    public bool IsSlotTs(long ts) => ts % SlotMs == 0;

    /// <summary>Open time of the bar that holds <paramref name="ts"/>.</summary>
    public long BarOf(long ts) => ts - Modulo(ts, BarMs);

    /// <summary>The slot boundary at or before <paramref name="ts"/>.</summary>
    public long SlotOf(long ts) => ts - Modulo(ts, SlotMs);

    /// <summary>The first slot boundary at or after <paramref name="ts"/>.</summary>
    public long SlotAtOrAfter(long ts) => SlotOf(ts + SlotMs - 1);

    private static long Modulo(long value, long divisor)
    {
        var rest = value % divisor;
        return rest < 0 ? rest + divisor : rest;
    }
}
