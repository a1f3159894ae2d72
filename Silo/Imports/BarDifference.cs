using System.Text.Json.Serialization;

namespace Hts.Imports;

/// <summary>One thing in which stored bars and files disagree.</summary>
/// <param name="Time">Open time of the bar, or where the hole begins; ISO 8601 UTC.</param>
/// <param name="Kind">missing: the files have the bar, the database has not; extra: the other way round; differs: a field; unmarked: a hole of the files that nobody marked.</param>
/// <param name="Field">The field that differs; for an unmarked hole its end.</param>
/// <param name="File">The value that the files give.</param>
/// <param name="Stored">The stored value.</param>
/// <param name="Gap">Cause of the gap that the database marks there; null when it marks none.</param>
internal sealed record BarDifference(
    string Symbol,
    string Time,
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stored = null,
    string? Gap = null)
{
    public override string ToString() => Kind switch
    {
        "missing" => $"{Symbol} {Time} missing: the files have {File}; {(Gap is null ? "not marked as a gap" : $"marked as a gap: {Gap}")}",
        "extra" => $"{Symbol} {Time} extra: stored is {Stored}, the files have no trade there",
        "unmarked" => $"{Symbol} {Time} unmarked: no bars in the files or the database until {File}, and no gap says why",
        _ => $"{Symbol} {Time} differs: {Field} is {File} in the files and {Stored} stored",
    };
}
