using Hts.Time;

namespace Hts.Commands;

/// <summary>What one file of rows in the order of time held.</summary>
internal sealed class FileSummary(string file, long maxQuietMs)
{
    private long firstTs = long.MaxValue;
    private long lastTs = long.MinValue;
    private long gaps;
    private long gapMs;
    private long longestMs;
    private long longestFromTs;

    public string File { get; } = file;

    public long Rows { get; private set; }

    public void Add(long ts)
    {
        if (Rows > 0 && ts - lastTs > maxQuietMs)
        {
            gaps++;
            gapMs += ts - lastTs;
            if (ts - lastTs > longestMs)
                (longestMs, longestFromTs) = (ts - lastTs, lastTs);
        }
        Rows++;
        firstTs = Math.Min(firstTs, ts);
        lastTs = Math.Max(lastTs, ts);
    }

    public override string ToString() => Rows == 0
        ? $"{Path.GetFileName(File)}: no rows"
        : $"{Path.GetFileName(File)}: {Rows} rows, {Timestamps.Iso(firstTs)} to {Timestamps.Iso(lastTs)}, "
            + (gaps == 0
                ? $"no silence over {maxQuietMs / 1000} s"
                : $"{gaps} over {maxQuietMs / 1000} s silent (sum {Seconds(gapMs)}, longest {Seconds(longestMs)} from {Timestamps.Iso(longestFromTs)})");

    private static string Seconds(long ms) => FormattableString.Invariant($"{Math.Round(ms / 1000.0)} s");
}
