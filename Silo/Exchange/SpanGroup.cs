namespace Hts.Exchange;

/// <summary>Symbols that share one shift of time.</summary>
internal sealed record SpanGroup(IReadOnlyList<string> Symbols, long FirstTs, long LastTs)
{
    /// <summary>The shift, a multiple of the slot, after which the last fifth of the span is still to come at <paramref name="nowMs"/>.</summary>
    public long ShiftFor(long nowMs, long slotMs)
    {
        var played = FirstTs + ((LastTs - FirstTs) / 5 * 4);
        return (long)Math.Floor((nowMs - played) / (double)slotMs) * slotMs;
    }
}
