using System.Globalization;
using Hts.Bars;
using Hts.Commands;
using Hts.Files;

namespace Hts.Imports;

/// <summary>Which parts are read, in which order.</summary>
/// <param name="Reads">In the order of time within a symbol.</param>
/// <param name="Skipped">Parts that were imported before.</param>
internal sealed record ImportPlan(IReadOnlyList<PartRead> Reads, int Skipped)
{
    /// <summary>All parts of the files, the earliest first row first.</summary>
    public static IReadOnlyList<DataPart> Order(IReadOnlyList<string> files, FileKind kind)
    {
        var quiet = new ReadReport();
        return [.. files.SelectMany(DataPath.Parts).OrderBy(part => FirstTs(part, kind, quiet))];
    }

    /// <param name="journal">Null reads all parts.</param>
    /// <remarks>
    /// The part before one that is read is read too: bars that lie across the two, flat bars and silences need its end. What it gives is
    /// stored already, so nothing comes of it twice.
    /// </remarks>
    public static async Task<ImportPlan> Make(
        IReadOnlyList<DataPart> parts, ImportRequest request, ImportJournal? journal, IBarStore bars, CancellationToken cancellation)
    {
        var maxQuietMs = request.MaxQuietSeconds * 1000L;
        var reads = new List<PartRead>();
        var skipped = 0;
        foreach (var group in parts.GroupBy(part => request.Symbol ?? part.Symbol ?? ""))
        {
            DataPart? before = null;
            var leftOut = 0;
            foreach (var part in group)
            {
                if (journal is not null && await journal.Find(KeyOf(part, request), bars, cancellation) is not null)
                {
                    skipped++;
                    leftOut++;
                    before = part;
                    continue;
                }
                if (before is not null)
                    reads.Add(new PartRead(before, maxQuietMs, warmUp: true, apart: leftOut > 1));
                before = null;
                leftOut = 0;
                reads.Add(new PartRead(part, maxQuietMs));
            }
        }
        return new ImportPlan(reads, skipped);
    }

    /// <summary>A part's name, length and time of change, and what else decides what becomes of it.</summary>
    public static string KeyOf(DataPart part, ImportRequest request)
    {
        var file = new FileInfo(part.File);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Kind} {file.Name}{part.Name[part.File.Length..]} {file.Length} {file.LastWriteTimeUtc.Ticks} {request.Symbol} {request.MaxQuietSeconds}");
    }

    private static long FirstTs(DataPart part, FileKind kind, ReadReport report)
    {
        if (kind == FileKind.Trades)
            return TradeFile.Read(part, "ANY", report).Select(batch => batch.Trades[0].Ts).FirstOrDefault(long.MaxValue);
        return BarFile.Read(part, null, report).Select(batch => batch.Bars[0].Ts).FirstOrDefault(long.MaxValue);
    }
}
