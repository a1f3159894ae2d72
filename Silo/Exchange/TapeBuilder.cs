using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hts.Bars;
using Hts.Files;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>
/// Turns a folder of trade or bar files into one file of records per symbol, once; later starts find it under the source's fingerprint.
/// A symbol with both kinds of files is taken from its trades. Rows older than the one before them are reported and left out.
/// </summary>
internal static class TapeBuilder
{
    /// <param name="source">File or folder.</param>
    /// <param name="cache">Folder for the records, made where it is missing.</param>
    /// <returns>The folder with this source's records.</returns>
    /// <exception cref="InvalidDataException">No trade could be read.</exception>
    public static string Build(string source, string cache, ReadReport report)
    {
        var folder = Path.Combine(cache, Fingerprint(source));
        if (Directory.Exists(folder))
            return folder;
        var work = folder + ".tmp";
        if (Directory.Exists(work))
            Directory.Delete(work, recursive: true);
        Directory.CreateDirectory(work);

        var kinds = DataPath.Files(source).ToLookup(FileSniffer.KindOf);
        foreach (var file in kinds[FileKind.Unknown])
            report.Add(new FileProblem(file, 0, "the file holds neither trades nor bars", ""));
        WriteTrades(kinds[FileKind.Trades], work, report);
        WriteBars(kinds[FileKind.Bars], work, report);
        if (!Directory.EnumerateFiles(work).Any())
        {
            Directory.Delete(work);
            throw new InvalidDataException($"'{source}' holds no trades or bars that could be read{(report.First.Count > 0 ? $": {report.First[0]}" : "")}");
        }

        Directory.Move(work, folder);
        return folder;
    }

    /// <summary>A short name for the files' names and lengths: another folder, or a file more, is another tape.</summary>
    public static string Fingerprint(string source)
    {
        var text = new StringBuilder();
        foreach (var file in DataPath.Files(source))
            text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:{new FileInfo(file).Length}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..8]);
    }

    private static void WriteTrades(IEnumerable<string> files, string folder, ReadReport report)
    {
        using var writers = new TapeWriters(folder, report);
        foreach (var file in files)
        {
            foreach (var batch in TradeFile.Read(file, null, report))
            {
                foreach (ref readonly var trade in batch.Trades)
                    writers.Add(batch.File, batch.Symbol, trade);
            }
        }
    }

    private static void WriteBars(IEnumerable<string> files, string folder, ReadReport report)
    {
        var done = Directory.EnumerateFiles(folder).Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        using var writers = new TapeWriters(folder, report);
        var nextIds = new Dictionary<string, long>(StringComparer.Ordinal);
        var trades = new Trade[BarTrades.Most];
        foreach (var file in files)
        {
            var barMs = 0L;
            foreach (var batch in BarFile.Read(file, null, report))
            {
                if (done.Contains(batch.Symbol))
                    continue;
                barMs = barMs == 0 ? LengthOf(batch.Bars) : barMs;
                var nextId = nextIds.GetValueOrDefault(batch.Symbol, 1);
                foreach (ref readonly var bar in batch.Bars)
                {
                    var count = BarTrades.Make(bar, barMs, ref nextId, trades);
                    for (var i = 0; i < count; i++)
                        writers.Add(batch.File, batch.Symbol, trades[i]);
                }

                nextIds[batch.Symbol] = nextId;
            }
        }
    }

    /// <summary>The shortest step between bars; one second for a lone bar.</summary>
    private static long LengthOf(ReadOnlySpan<Bar> bars)
    {
        var shortest = long.MaxValue;
        for (var i = 1; i < bars.Length; i++)
        {
            var step = bars[i].Ts - bars[i - 1].Ts;
            if (step > 0)
                shortest = Math.Min(shortest, step);
        }

        return shortest == long.MaxValue ? 1000 : shortest;
    }
}
