using System.Buffers.Text;
using System.Text;

namespace Hts.Files;

/// <summary>Typed values of csv fields. Each returns null, or the rule that the field breaks.</summary>
internal static class CsvField
{
    /// <summary>Archives since 2025 count microseconds; as milliseconds such numbers would lie thousands of years ahead.</summary>
    private const long FirstMicroseconds = 100_000_000_000_000;

    private const int MostExcerpt = 500;

    /// <summary>2009-01-01: nothing traded before.</summary>
    private const long Earliest = 1_230_768_000_000;

    public static string? Positive(ReadOnlySpan<byte> field, string name, out double value)
    {
        if (!ExactDouble.TryParse(field, out value))
            return $"{name} is not a number";
        return double.IsFinite(value) && value > 0 ? null : $"{name} must be positive and finite";
    }

    public static string? NotNegative(ReadOnlySpan<byte> field, string name, out double value)
    {
        if (!ExactDouble.TryParse(field, out value))
            return $"{name} is not a number";
        return double.IsFinite(value) && value >= 0 ? null : $"{name} must be finite and not negative";
    }

    public static string? Whole(ReadOnlySpan<byte> field, string name, out long value)
    {
        if (!Utf8Parser.TryParse(field, out value, out var used) || used != field.Length)
            return $"{name} is not a whole number";
        return value >= 0 ? null : $"{name} must not be negative";
    }

    /// <summary>Milli- or microseconds, told apart by their size, as Unix milliseconds.</summary>
    public static string? Time(ReadOnlySpan<byte> field, string name, out long ms)
    {
        var broken = Whole(field, name, out ms);
        if (broken is not null)
            return broken;
        if (ms >= FirstMicroseconds)
            ms /= 1000;
        return ms is >= Earliest and < FirstMicroseconds ? null : $"{name} is no time in milli- or microseconds since 2009";
    }

    public static string? Flag(ReadOnlySpan<byte> field, string name, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(field, "true"u8);
        return value || Ascii.EqualsIgnoreCase(field, "false"u8) ? null : $"{name} must be true or false";
    }

    public static bool IsFlag(ReadOnlySpan<byte> field) => Flag(field, "", out _) is null;

    /// <summary>The beginning of a line, for messages.</summary>
    public static string Excerpt(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line[..Math.Min(line.Length, MostExcerpt)]);
}
