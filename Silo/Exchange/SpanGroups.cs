namespace Hts.Exchange;

/// <summary>Groups symbols whose spans overlap, directly or through others: they were one market and keep their common time.</summary>
internal static class SpanGroups
{
    /// <returns>Groups in the order of time, each with the span that it covers.</returns>
    public static IReadOnlyList<SpanGroup> Of(IEnumerable<(string Symbol, long FirstTs, long LastTs)> spans)
    {
        var groups = new List<SpanGroup>();
        foreach (var (symbol, firstTs, lastTs) in spans.OrderBy(span => span.FirstTs).ThenBy(span => span.Symbol, StringComparer.Ordinal))
        {
            if (groups.Count > 0 && firstTs <= groups[^1].LastTs)
                groups[^1] = new SpanGroup([.. groups[^1].Symbols, symbol], groups[^1].FirstTs, Math.Max(groups[^1].LastTs, lastTs));
            else
                groups.Add(new SpanGroup([symbol], firstTs, lastTs));
        }

        return groups;
    }
}
