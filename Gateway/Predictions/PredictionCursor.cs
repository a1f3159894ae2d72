using System.Globalization;

namespace Hts.Predictions;

/// <summary>Where a page of predictions ended: slots have several rows (one a role), so a slot's time alone is no place.</summary>
/// <param name="BaseTs">Slot of the last row given, Unix ms.</param>
/// <param name="Given">How many rows of that slot were given.</param>
internal readonly record struct PredictionCursor(long BaseTs, int Given)
{
    private const int MostRoles = 1_000;

    public static bool TryParse(string text, out PredictionCursor cursor)
    {
        cursor = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0
            || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var baseTs)
            || !int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            || given > MostRoles)
            return false;
        cursor = new PredictionCursor(baseTs, given);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BaseTs}.{Given}");

    /// <summary>The place after <paramref name="rows"/>, which began at <paramref name="start"/>.</summary>
    public static PredictionCursor After(IReadOnlyList<PredictionMessage> rows, PredictionCursor? start)
    {
        var last = rows[^1].BaseTs;
        var given = rows.Reverse().TakeWhile(r => r.BaseTs == last).Count();
        return new PredictionCursor(last, start?.BaseTs == last ? start.Value.Given + given : given);
    }
}
