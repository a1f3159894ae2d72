using Hts.Files;
using Hts.Time;

namespace Hts.Imports;

/// <summary>What one part held, in the order of its rows.</summary>
/// <param name="warmUp">True when it was imported before and is only read again because the next part goes on where it ends.</param>
/// <param name="apart">True when parts between the one that is read before it and it are left out.</param>
internal sealed class PartRead(DataPart part, long maxQuietMs, bool warmUp = false, bool apart = false)
{
    private readonly Dictionary<string, PartSpan> spans = new(StringComparer.Ordinal);
    private PartSpan? current;
    private long silences;
    private long silentMs;
    private long longestMs;
    private long longestFromTs;

    public DataPart Part { get; } = part;

    public bool IsWarmUp { get; } = warmUp;

    public bool IsApart { get; } = apart;

    public long Rows { get; private set; }

    /// <summary>True when the part was read to its end without a problem of the whole.</summary>
    public bool IsWhole { get; set; }

    public bool HasEnded { get; set; }

    public IReadOnlyCollection<PartSpan> Spans => spans.Values;

    public PartSpan? SpanOf(string symbol) => spans.GetValueOrDefault(symbol);

    /// <summary>The rows that follow are of this symbol.</summary>
    public void Turn(string symbol)
    {
        if (current?.Symbol == symbol)
            return;
        if (!spans.TryGetValue(symbol, out current))
            spans[symbol] = current = new PartSpan(symbol);
    }

    public void Add(long ts)
    {
        Rows++;
        var silenceMs = current!.Add(ts);
        if (silenceMs <= maxQuietMs)
            return;
        silences++;
        silentMs += silenceMs;
        if (silenceMs > longestMs)
            (longestMs, longestFromTs) = (silenceMs, ts - silenceMs);
    }

    public override string ToString()
    {
        var name = Path.GetFileName(Part.File) + Part.Name[Part.File.Length..];
        if (Rows == 0)
            return $"{name}: no rows";
        var (first, last) = (spans.Values.Min(s => s.FirstTs), spans.Values.Max(s => s.LastTs));
        return $"{name}: {Rows} rows, {Timestamps.Iso(first)} to {Timestamps.Iso(last)}, "
            + (silences == 0
                ? $"no silence over {maxQuietMs / 1000} s"
                : $"{silences} over {maxQuietMs / 1000} s silent (sum {Seconds(silentMs)}, longest {Seconds(longestMs)} from {Timestamps.Iso(longestFromTs)})");
    }

    private static string Seconds(long ms) => FormattableString.Invariant($"{Math.Round(ms / 1000.0)} s");
}
