using System.Globalization;

namespace Hts.Time;

/// <summary>Unix milliseconds as people and files write them.</summary>
public static class Timestamps
{
    /// <summary>ISO 8601 UTC with seconds, "2026-01-31T12:30:00Z"; milliseconds only where there are any.</summary>
    public static string Iso(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime.ToString(
            unixMs % 1000 == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
