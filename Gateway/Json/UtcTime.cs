using System.Globalization;
using System.Text.Json.Serialization;

namespace Hts.Json;

/// <summary>ISO 8601 in UTC with Z; Unix milliseconds are read too.</summary>
[JsonConverter(typeof(UtcTimeConverter))]
internal readonly record struct UtcTime(long Ms)
{
    // 0001-01-01 to 9999-12-31, what ISO 8601's four digits can say.
    private const long Least = -62_135_596_800_000;
    private const long Most = 253_402_300_799_999;

    public static UtcTime? From(long? ms) => ms is { } value ? new UtcTime(value) : null;

    public static bool IsValid(long ms) => ms is >= Least and <= Most;

    public static bool TryParse(string text, out UtcTime time)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms))
        {
            // Four digits are a year that was not finished, not a moment of 1970.
            time = new UtcTime(ms);
            return text.Length > 4 && IsValid(ms);
        }
        time = default;
        if (!text.Contains('T', StringComparison.Ordinal)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            return false;
        time = new UtcTime(parsed.ToUnixTimeMilliseconds());
        return true;
    }

    public override string ToString() => DateTimeOffset.FromUnixTimeMilliseconds(Ms).UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    internal string Format => Ms % 1_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
}
