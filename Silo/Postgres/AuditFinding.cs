namespace Hts.Postgres;

/// <summary>Something in the database that must not be.</summary>
/// <param name="Kind">"missing", "double", "unsettled", "off-grid" or "hole".</param>
/// <param name="FromTs">First base_ts or bar time concerned, Unix ms.</param>
/// <param name="ToTs">End of the span, excluded: the slot or bar after the last one concerned.</param>
/// <param name="Role">Role of the ledger rows; null for bars.</param>
/// <param name="Count">Slots or bars concerned.</param>
public sealed record AuditFinding(string Kind, string Symbol, long FromTs, long ToTs, string? Role, long Count)
{
    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var what = Role is null ? "bars" : $"{Role} predictions";
        return $"{Symbol}: {Count} {Kind} {what} in [{At(FromTs)}, {At(ToTs)})";
    }

    private static string At(long ts) => DateTimeOffset.FromUnixTimeMilliseconds(ts).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
