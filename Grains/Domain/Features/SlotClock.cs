namespace Hts.Features;

/// <summary>Time of day and of week as points on a circle, so that midnight and the week's end are no jumps.</summary>
internal static class SlotClock
{
    private const long DayMs = 86_400_000;

    // The epoch was a Thursday; the week is counted from Monday.
    private const long MondayOffsetMs = 3 * DayMs;

    /// <param name="into">Sine and cosine of the day, sine and cosine of the week.</param>
    public static void Read(long ts, Span<float> into)
    {
        (into[0], into[1]) = Circle(ts % DayMs, DayMs);
        (into[2], into[3]) = Circle((ts + MondayOffsetMs) % (7 * DayMs), 7 * DayMs);
    }

    private static (float Sin, float Cos) Circle(long part, long whole)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * part / whole);
        return (Bounded.Of(sin), Bounded.Of(cos));
    }
}
