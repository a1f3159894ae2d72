using Hts.Time;

namespace Hts.Commands;

/// <summary>What one file of rows in the order of time held.</summary>
internal sealed class FileSummary(string file, long maxQuietMs)
{
    private long firstTs = long.MaxValue;
    private long lastTs = long.MinValue;
    private long gaps;
    private long gapMs;

    public string File { get; } = file;

    public long Rows { get; private set; }

    public void Add(long ts)
    {
        if (Rows > 0 && ts - lastTs > maxQuietMs)
        {
            gaps++;
            gapMs += ts - lastTs;
        }
        Rows++;
        firstTs = Math.Min(firstTs, ts);
        lastTs = Math.Max(lastTs, ts);
    }

    public override string ToString() => Rows == 0
        ? $"{Path.GetFileName(File)}: no rows"
        : $"{Path.GetFileName(File)}: {Rows} rows, {Timestamps.Iso(firstTs)} to {Timestamps.Iso(lastTs)}, "
            + $"{gaps} silences over {maxQuietMs / 1000} s (sum {gapMs / 1000} s)";
}
