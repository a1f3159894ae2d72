using Hts.Trades;

namespace Hts.Files;

/// <summary>
/// Trades out of csv, csv.gz, zip and Parquet files: with a header, or in the layouts of Binance's archives (aggTrades, trades), in milli- or
/// microseconds. Rows come in the order of the file, files in the order of their names.
/// </summary>
internal static class TradeFile
{
    /// <param name="path">A file, or a folder with files of one or several symbols.</param>
    /// <param name="symbol">The symbol of all rows; null takes it from each file's name.</param>
    /// <param name="report">Counts, and the problems that were met; bad rows and bad files are left out and the rest goes on.</param>
    /// <exception cref="FileNotFoundException">The path does not exist or holds no data file.</exception>
    public static IEnumerable<TradeBatch> Read(string path, string? symbol = null, ReadReport? report = null)
    {
        report ??= new ReadReport();
        foreach (var part in DataPath.Files(path).SelectMany(DataPath.Parts))
        {
            foreach (var batch in Read(part, symbol, report))
                yield return batch;
        }
    }

    /// <inheritdoc cref="Read(string, string?, ReadReport?)"/>
    public static IEnumerable<TradeBatch> Read(DataPart part, string? symbol, ReadReport report)
    {
        var name = symbol ?? part.Symbol;
        if (name is null)
        {
            report.Add(new FileProblem(part.Name, 0, "the file's name holds no symbol; give one", ""));
            yield break;
        }

        var batch = new TradeBatch();
        using var rows = new RowReader<TradeColumns, Trade>(part, TradeColumns.Of, Parse, "trades", report);
        while (true)
        {
            batch.Begin(part.Name, name);
            while (!batch.IsFull && rows.TryRead(out var trade))
                batch.Add(trade, rows.Line);
            if (batch.Count == 0)
                break;
            batch.AreSingle = rows.Columns!.AreSingle;
            batch.Position = rows.Position;
            yield return batch;
        }
    }

    private static string? Parse(TradeColumns columns, ReadOnlySpan<byte> line, out Trade trade) => columns.Read(line, out trade);
}
