using System.Text;

namespace Hts.Files;

/// <summary>
/// Bars out of csv, csv.gz, zip and Parquet files: <c>symbol,ts,open,high,low,close,volume[,trades,taker_buy_volume]</c> or Binance's klines,
/// in milli- or microseconds. Rows come in the order of the file, files in the order of their names. The length of a bar is the file's.
/// </summary>
internal static class BarFile
{
    /// <param name="path">A file, or a folder with files of one or several symbols.</param>
    /// <param name="symbol">The symbol that is meant: rows that name another are left out; null takes it from the rows, or from the file's name where rows have none.</param>
    /// <param name="report">Counts, and the problems that were met; bad rows and bad files are left out and the rest goes on.</param>
    /// <exception cref="FileNotFoundException">The path does not exist or holds no data file.</exception>
    public static IEnumerable<BarBatch> Read(string path, string? symbol = null, ReadReport? report = null)
    {
        report ??= new ReadReport();
        foreach (var part in DataPath.Files(path).SelectMany(DataPath.Parts))
        {
            foreach (var batch in Read(part, symbol, report))
                yield return batch;
        }
    }

    /// <inheritdoc cref="Read(string, string?, ReadReport?)"/>
    public static IEnumerable<BarBatch> Read(DataPart part, string? symbol, ReadReport report)
    {
        var batch = new BarBatch();
        var (only, others, any) = (symbol is null ? default : SymbolKey.Of(Encoding.ASCII.GetBytes(symbol)), 0L, false);
        using var rows = new RowReader<BarColumns, BarRow>(part, BarColumns.Of, Parse, "bars", report);
        var (pending, line) = (Next(out var row), rows.Line);
        while (pending)
        {
            any = true;
            var (key, lengthMs) = (row.Symbol, row.LengthMs);
            var name = symbol ?? (key.IsEmpty ? part.Symbol : key.ToString());
            if (name is null)
            {
                report.Add(new FileProblem(part.Name, 0, "neither the rows nor the file's name hold a symbol; give one", ""));
                break;
            }

            batch.Begin(part.Name, name, lengthMs, rows.Columns!.Unknown);
            do
            {
                batch.Add(row.Bar, line);
                pending = Next(out row);
                line = rows.Line;
            }
            while (pending && !batch.IsFull && row.LengthMs == lengthMs && (symbol is not null || row.Symbol.Equals(key)));
            batch.Position = rows.Position;
            yield return batch;
        }
        if (!any && others > 0)
            report.Add(new FileProblem(part.Name, 0, $"none of its {others} rows is of {symbol}", ""));

        // A row that names another symbol than the one that was asked for is not meant.
        bool Next(out BarRow next)
        {
            while (rows.TryRead(out next))
            {
                if (only.IsEmpty || next.Symbol.IsEmpty || next.Symbol.Equals(only))
                    return true;
                others++;
            }

            return false;
        }
    }

    private static string? Parse(BarColumns columns, ReadOnlySpan<byte> line, out BarRow row) => columns.Read(line, out row);
}
