namespace Hts.Postgres;

/// <summary>Unix milliseconds to and from timestamptz. The database keeps microseconds; everything inside is milliseconds.</summary>
internal static class Instant
{
    // Open ends of ranges are written as the smallest and largest long; no bar is older than the epoch or younger than the year 9999.
    public const long LastMs = 253_402_300_799_000;

    public static DateTime FromMs(long ms) => DateTime.UnixEpoch.AddTicks(Math.Clamp(ms, -LastMs / 8, LastMs) * TimeSpan.TicksPerMillisecond);

    public static DateTime? FromMs(long? ms) => ms is { } value ? FromMs(value) : null;

    public static long ToMs(DateTime instant) => (instant.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}
