using System.Globalization;

namespace Hts.Json;

/// <summary>Where a page of named rows ended, newest first: rows may share an instant, so that an instant alone is no place.</summary>
/// <param name="Ts">Instant of the last row given, Unix ms.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct PlaceCursor(long Ts, string Name)
{
    public static bool TryParse(string text, out PlaceCursor cursor)
    {
        cursor = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || dot == text.Length - 1 || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var ts))
            return false;
        cursor = new PlaceCursor(ts, text[(dot + 1)..]);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ts}.{Name}");
}
