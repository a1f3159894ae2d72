using System.Diagnostics;
using System.Text;
using Hts.Bars;
using Hts.Commands;
using Hts.Files;
using Hts.Time;

namespace Hts.Imports;

/// <summary><c>import supabase</c> and <c>import postgres</c>: the bars of another system's table into the database.</summary>
/// <remarks>Goes on after what an earlier import with the same beginning stored, when the database still has it.</remarks>
internal sealed class TableImport(
    TableRequest request, IBarTable table, IBarStore bars, Grid grid, int publicationDelayMs, ImportJournal journal, ReadReport report,
    TimeProvider time)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Piped = TimeSpan.FromSeconds(10);

    private readonly ProgressLine progress = new(time, OnTerminal, Piped);

    private string Key => FormattableString.Invariant($"{request.Kind} {table.Name} {request.Symbol} {request.FromTs}");

    /// <returns>0; bad rows are counted and listed.</returns>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rollUp = new BarRollUp(grid, request.MaxQuietSeconds * 1000L);
        var storer = new BarStorer(bars, request.Symbol, grid, publicationDelayMs, nowMs, $"not in {table.Name}", report);
        var earlier = request.Again ? null : await journal.Find(Key, bars, cancellation);
        var fromTs = request.FromTs;
        if (earlier is { Spans: [var done] })
        {
            fromTs = done.ToTs;
            storer.ContinueAfter(done.ToTs - grid.BarMs);
            Console.WriteLine($"{table.Name}: bars before {Timestamps.Iso(fromTs)} were imported before; --again reads them.");
        }

        long rows = 0;
        var lastTs = long.MinValue;
        await foreach (var row in table.Read(request.Symbol, fromTs, request.ToTs, cancellation))
        {
            rows++;
            if (Parse(row, rows, lastTs, nowMs) is not { } bar)
                continue;
            report.Rows++;
            lastTs = bar.Ts;
            rollUp.Add(new SourceBar(bar, row.Columns.Unknown));
            await Store(rollUp, storer, earlier, cancellation);
            progress.Show(() => $"{table.Name}: {rows} rows, to {Timestamps.Iso(lastTs)}, {rows / Math.Max(0.001, watch.Elapsed.TotalSeconds):0}/s");
        }
        progress.Clear();
        if (rows == 0 && earlier is null)
            throw new UserErrorException($"{table.Name} has no rows of {request.Symbol} in the span.");
        rollUp.Finish();
        await Store(rollUp, storer, earlier, cancellation);
        await Flush(storer, earlier, cancellation);
        await storer.Finish(cancellation);
        Console.WriteLine(
            $"{request.Symbol}: {storer.Bars} bars; {storer.Outcome}");
        Console.WriteLine(FormattableString.Invariant(
            $"{report.Rows} rows of {table.Name} in {watch.Elapsed.TotalSeconds:0.0} s, {report.BadRows} bad rows."));
        return 0;
    }

    private Bar? Parse(TableRow row, long number, long lastTs, long nowMs)
    {
        var rule = row.Columns.Read(row.Line.Span, out var read);
        if (rule is null && read.Bar.Ts <= lastTs)
            rule = $"not later than the row before it, {Timestamps.Iso(lastTs)}";
        if (rule is null && read.Bar.Ts > nowMs - grid.BarMs)
            rule = "the bar ends in the future";
        if (rule is null)
            return read.Bar;
        report.Add(new FileProblem(table.Name, number, rule, Encoding.UTF8.GetString(row.Line.Span)));
        return null;
    }

    private async ValueTask Store(BarRollUp rollUp, BarStorer storer, ImportedPart? earlier, CancellationToken cancellation)
    {
        while (rollUp.TryTake(out var bar))
        {
            storer.Add(new SymbolBar(request.Symbol, bar));
            if (storer.IsFull)
                await Flush(storer, earlier, cancellation);
        }
    }

    private async Task Flush(BarStorer storer, ImportedPart? earlier, CancellationToken cancellation)
    {
        await storer.Flush(cancellation);
        if (storer.Bars == 0)
            return;
        journal.Add(new ImportedPart(
            Key,
            [new ImportedSpan(request.Symbol, request.FromTs, storer.DurableTs + grid.BarMs, storer.Bars + (earlier?.Spans[0].Bars ?? 0))]));
    }
}
