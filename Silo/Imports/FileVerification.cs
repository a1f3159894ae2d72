using System.Text.Json;
using Hts.Commands;
using Hts.Files;

namespace Hts.Imports;

/// <summary><c>verify</c>: stored bars against files, computed exactly as an import computes them.</summary>
internal static class FileVerification
{
    /// <returns>0 when all agrees, 1 when anything differs or a whole file could not be read.</returns>
    public static async Task<int> Run(VerifyRequest request, CancellationToken cancellation)
    {
        var files = SymbolFiles.Of(request.Paths, request.Symbol);
        var kinds = files.SelectMany(DataPath.Parts).Select(FileSniffer.KindOf).Distinct().ToArray();
        if (kinds is not [FileKind.Trades or FileKind.Bars])
            throw new UserErrorException("Give either trade files or bar files; at least one of these is neither, or there are both.");
        await using var session = await StorageSession.OpenToRead(request.DataDir, cancellation);
        var report = new ReadReport(problem => Console.Error.WriteLine(problem));
        var maxQuietMs = request.MaxQuietSeconds * 1000L;
        PartRead[] reads = [.. ImportPlan.Order(files, kinds[0]).Select(part => new PartRead(part, maxQuietMs))];
        var progress = new ImportProgress(reads, report, TimeProvider.System, cancellation);
        var watch = new ProgressWatch(progress);
        var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        IBarTape tape = kinds[0] == FileKind.Trades
            ? new TradeTape(reads, request.Symbol, session.Grid, maxQuietMs, nowMs, report, watch)
            : new BarTape(reads, request.Symbol, session.Grid, maxQuietMs, nowMs, report, watch);

        long differences = 0;
        var comparisons = new Dictionary<string, BarComparison>(StringComparer.Ordinal);
        foreach (var bar in tape.Read())
        {
            if (!comparisons.TryGetValue(bar.Symbol, out var comparison))
                comparisons[bar.Symbol] = comparison = new BarComparison(
                    session.Store.Bars, bar.Symbol, session.Grid, new Span(request.FromTs, request.ToTs), Print);
            await comparison.Add(bar, cancellation);
        }
        var (compared, cut) = (comparisons.Values.Sum(c => c.Compared), comparisons.Values.Sum(c => c.Cut));
        // With --json the output is for programs: the count goes beside it.
        await (request.Json ? Console.Error : Console.Out).WriteLineAsync(
            $"{differences} differences in {compared} bars of {report.Rows} rows; {cut} bars cut at the files' ends, {report.BadRows} bad rows, "
            + $"{report.BadFiles} bad files.");
        return differences > 0 || report.BadFiles > 0 || compared == 0 ? 1 : 0;

        void Print(BarDifference difference)
        {
            differences++;
            Console.WriteLine(request.Json ? JsonSerializer.Serialize(difference, ImportJson.Default.BarDifference) : difference.ToString());
        }
    }
}
