namespace Hts.Files;

/// <summary>
/// Bars out of csv, csv.gz and zip files: <c>symbol,ts,open,high,low,close,volume[,trades,taker_buy_volume]</c> or Binance's klines,
/// in milli- or microseconds. Rows come in the order of the file, files in the order of their names. The length of a bar is the file's.
/// </summary>
internal static class BarFile
{
    /// <param name="path">A file, or a folder with files of one or several symbols.</param>
    /// <param name="symbol">The symbol of all rows; null takes it from the rows, or from the file's name where rows have none.</param>
    /// <param name="report">Counts, and the problems that were met; bad rows and bad files are left out and the rest goes on.</param>
    /// <exception cref="FileNotFoundException">The path does not exist or holds no data file.</exception>
    public static IEnumerable<BarBatch> Read(string path, string? symbol = null, ReadReport? report = null)
    {
        report ??= new ReadReport();
        var batch = new BarBatch();
        foreach (var file in DataPath.Files(path))
        {
            using var rows = new RowReader<BarColumns, BarRow>(file, BarColumns.Of, Parse, "bars", report);
            var pending = rows.TryRead(out var row);
            while (pending)
            {
                var key = row.Symbol;
                var name = symbol ?? (key.IsEmpty ? DataPath.SymbolOf(file) : key.ToString());
                if (name is null)
                {
                    report.Add(new FileProblem(file, 0, "neither the rows nor the file's name hold a symbol; give one", ""));
                    break;
                }

                batch.Begin(file, name);
                do
                {
                    batch.Add(row.Bar);
                    pending = rows.TryRead(out row);
                }
                while (pending && !batch.IsFull && (symbol is not null || row.Symbol.Equals(key)));
                yield return batch;
            }
        }
    }

    private static string? Parse(BarColumns columns, ReadOnlySpan<byte> line, out BarRow row) => columns.Read(line, out row);
}
