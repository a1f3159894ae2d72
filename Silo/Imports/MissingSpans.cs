using Hts.Bars;

namespace Hts.Imports;

/// <summary>What a symbol's stored bars lack.</summary>
internal static class MissingSpans
{
    /// <summary>The stretches of [fromTs, toTs), both on the grid, that have no stored bars.</summary>
    public static async Task<IReadOnlyList<Span>> Find(
        IBarStore bars, string symbol, Grid grid, long fromTs, long toTs, CancellationToken cancellation) =>
        [.. (await Holes.Find(bars, symbol, grid, fromTs, toTs, cancellation)).Select(hole => new Span(hole.FromTs, hole.ToTs))];

    /// <summary>What is left of the spans when others are taken out of them. The spans ascend and do not overlap; the others may.</summary>
    public static IReadOnlyList<Span> Without(IReadOnlyList<Span> spans, IEnumerable<Span> others)
    {
        var left = spans;
        foreach (var other in others)
            left = [.. left.SelectMany(span => Cut(span, other))];
        return left;
    }

    private static IEnumerable<Span> Cut(Span span, Span other)
    {
        if (!span.Overlaps(other))
        {
            yield return span;
            yield break;
        }
        if (span.FromTs < other.FromTs)
            yield return span with { ToTs = other.FromTs };
        if (other.ToTs < span.ToTs)
            yield return span with { FromTs = other.ToTs };
    }
}
