using System.Diagnostics;
using Hts.Files;
using Hts.Trades;

namespace Hts.Commands;

/// <summary><c>import trades</c>.</summary>
internal static class TradeImport
{
    public static async Task<int> Run(ImportRequest request, CancellationToken cancellation)
    {
        var files = SymbolFiles.Of(request.Paths, request.Symbol);
        await using var session = await StorageSession.Open(request.DataDir, cancellation);
        var report = new ReadReport(problem => Console.Error.WriteLine(problem));
        long refused = 0;
        var started = Stopwatch.StartNew();
        foreach (var group in files.GroupBy(file => request.Symbol ?? DataPath.SymbolOf(file) ?? throw NoSymbol(file)))
            refused += await Import(session, group.Key, [.. group], request, report, cancellation);
        var rate = report.Rows / Math.Max(0.001, started.Elapsed.TotalSeconds);
        Console.WriteLine(
            $"{report.Rows} trades from {files.Count} files in {started.Elapsed.TotalSeconds:0.0} s ({rate:0} a second), "
            + $"{report.BadRows} bad rows, {report.BadFiles} bad files.");
        return report.BadFiles > 0 || refused > 0 ? 1 : 0;
    }

    private static async Task<long> Import(
        StorageSession session, string symbol, string[] files, ImportRequest request, ReadReport report, CancellationToken cancellation)
    {
        var grid = session.Grid;
        var maxQuietMs = request.MaxQuietSeconds * 1000L;
        var tape = new TapeBars(Trades(files, symbol, maxQuietMs, report), grid, new AggregatorOptions { MaxQuietMs = maxQuietMs });
        var storer = new BarStorer(session.Store, symbol, grid, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var bar in tape.Read())
            await storer.Add(bar, cancellation);
        await storer.Flush(cancellation);
        var counts = tape.Aggregator;
        Console.WriteLine(
            $"{symbol}: {counts.Accepted} trades into {storer.Bars} bars, {storer.Holes} holes marked, {counts.Duplicates} duplicates, "
            + $"{counts.Late} too late, {counts.Invalid} invalid.");
        return storer.Refused;
    }

    private static IEnumerable<Trade> Trades(string[] files, string symbol, long maxQuietMs, ReadReport report)
    {
        foreach (var file in files)
        {
            var summary = new FileSummary(file, maxQuietMs);
            foreach (var batch in TradeFile.Read(file, symbol, report))
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    summary.Add(batch.Trades[i].Ts);
                    yield return batch.Trades[i];
                }
            }
            Console.WriteLine(summary);
        }
    }

    private static UserErrorException NoSymbol(string file) => new($"The name of {file} holds no symbol: give one with --symbol.");
}
