using System.Diagnostics;
using Hts.Bars;
using Hts.Files;

namespace Hts.Commands;

/// <summary><c>import bars</c>.</summary>
internal static class BarImport
{
    public static async Task<int> Run(ImportRequest request, CancellationToken cancellation)
    {
        var files = SymbolFiles.Of(request.Paths, request.Symbol);
        await using var session = await StorageSession.Open(request.DataDir, cancellation);
        var report = new ReadReport(problem => Console.Error.WriteLine(problem));
        var started = Stopwatch.StartNew();
        var imports = new Dictionary<string, SymbolImport>();
        foreach (var file in files)
        {
            var summary = new FileSummary(file, request.MaxQuietSeconds * 1000L);
            foreach (var batch in BarFile.Read(file, request.Symbol, report))
            {
                CheckLength(batch, session.Grid);
                if (!imports.TryGetValue(batch.Symbol, out var import))
                    imports[batch.Symbol] = import = new SymbolImport(session, batch.Symbol, request.MaxQuietSeconds * 1000L);
                for (var i = 0; i < batch.Count; i++)
                {
                    summary.Add(batch.Bars[i].Ts);
                    await import.Add(batch.Bars[i], cancellation);
                }
            }
            Console.WriteLine(summary);
        }
        foreach (var import in imports.Values)
            await import.Finish(cancellation);
        Console.WriteLine(
            $"{report.Rows} rows from {files.Count} files in {started.Elapsed.TotalSeconds:0.0} s, {report.BadRows} bad rows, "
            + $"{report.BadFiles} bad files.");
        return report.BadFiles > 0 || imports.Values.Any(i => i.Refused > 0) ? 1 : 0;
    }

    // Longer bars cannot be cut: nobody knows what happened within them.
    private static void CheckLength(BarBatch batch, Grid grid)
    {
        var step = long.MaxValue;
        for (var i = 1; i < batch.Count; i++)
            step = Math.Min(step, batch.Bars[i].Ts - batch.Bars[i - 1].Ts);
        if (step != long.MaxValue && step > grid.BarMs)
            throw new UserErrorException(
                $"{batch.File} holds bars of {step / 1000} s; only bars of {grid.BarMs / 1000} s or shorter can be stored.");
    }

    private sealed class SymbolImport(StorageSession session, string symbol, long maxQuietMs)
    {
        private readonly BarStorer storer = new(
            session.Store, symbol, session.Grid, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        private readonly BarRollUp rollUp = new(session.Grid, maxQuietMs);

        public long Refused => storer.Refused;

        public async Task Add(Bar bar, CancellationToken cancellation)
        {
            rollUp.Add(bar);
            while (rollUp.TryTake(out var whole))
                await storer.Add(whole, cancellation);
        }

        public async Task Finish(CancellationToken cancellation)
        {
            rollUp.Finish();
            while (rollUp.TryTake(out var whole))
                await storer.Add(whole, cancellation);
            await storer.Flush(cancellation);
            Console.WriteLine($"{symbol}: {storer.Bars} bars stored, {storer.Holes} holes marked, {storer.Refused} refused.");
        }
    }
}
