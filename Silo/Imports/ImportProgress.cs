using System.Globalization;
using Hts.Files;

namespace Hts.Imports;

/// <summary>
/// Shows on the error stream how far an import is: one line that changes on a terminal, else a line now and then so that long work shows
/// that it lives.
/// </summary>
internal sealed class ImportProgress(IReadOnlyList<PartRead> reads, ReadReport report, TimeProvider time, CancellationToken cancellation)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Piped = TimeSpan.FromSeconds(10);

    private readonly ProgressLine line = new(time, OnTerminal, Piped);
    private readonly long started = time.GetTimestamp();
    private readonly Dictionary<string, long> lengths = reads.Select(read => read.Part.File).Distinct().ToDictionary(file => file, LengthOf);
    private int number;
    private long readBytes;

    public void Begin() => number++;

    public void End(PartRead read)
    {
        // A zip's entries share its length.
        readBytes += lengths[read.Part.File] / reads.Count(other => other.Part.File == read.Part.File);
        line.Clear();
    }

    public void Advance(PartRead read, long position)
    {
        cancellation.ThrowIfCancellationRequested();
        line.Show(() =>
        {
            var elapsed = time.GetElapsedTime(started);
            var total = lengths.Values.Sum();
            var share = total == 0 ? 0 : Math.Min(1.0, (readBytes + (read.Part.Entry is null ? position : 0)) / (double)total);
            var left = share > 0.01 ? $", {Duration(elapsed * ((1 - share) / share))} left" : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"file {number} of {reads.Count}, {report.Rows} rows, {report.Rows / Math.Max(0.001, elapsed.TotalSeconds):0}/s, {share * 100:0} %{left}");
        });
    }

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static string Duration(TimeSpan span) => span.ToString(span.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
