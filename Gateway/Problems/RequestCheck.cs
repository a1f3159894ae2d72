using System.Globalization;
using Hts.Json;

namespace Hts.Problems;

/// <summary>Reads a request's parameters and collects every broken rule, so that one answer names them all.</summary>
internal sealed class RequestCheck
{
    private readonly Dictionary<string, string[]> errors = [];

    public bool Failed => errors.Count > 0;

    public void Fail(string field, string text) =>
        errors[field] = errors.TryGetValue(field, out var others) ? [.. others, text] : [text];

    /// <summary>Unix ms; null when absent or broken.</summary>
    public long? Time(string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (UtcTime.TryParse(text, out var time))
            return time.Ms;
        Fail(field, "is not a time: use ISO 8601 with Z or an offset, or Unix milliseconds.");
        return null;
    }

    public int Limit(string? text, int usual, int most)
    {
        if (string.IsNullOrEmpty(text))
            return Math.Min(usual, most);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most)
            return limit;
        Fail("limit", $"must be a whole number from 1 to {most}.");
        return 1;
    }

    /// <summary>False when absent.</summary>
    public bool Flag(string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        if (bool.TryParse(text, out var flag))
            return flag;
        Fail(field, "must be true or false.");
        return false;
    }

    public void Ordered(long from, long to)
    {
        if (from > to && !Failed)
            Fail("from", "must not be after to.");
    }

    /// <summary>A cursor that one of our answers gave; null when absent or broken.</summary>
    public long? Cursor(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor))
            return cursor;
        FailCursor();
        return null;
    }

    /// <summary>As <see cref="Cursor"/>, of lists whose rows have an instant and a name.</summary>
    public PlaceCursor? Place(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (PlaceCursor.TryParse(text, out var place))
            return place;
        FailCursor();
        return null;
    }

    public void FailCursor() => Fail("cursor", "is not a nextCursor of an earlier answer.");

    public Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Problem() => Problems.Problem.Invalid(errors);
}
