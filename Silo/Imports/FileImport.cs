using System.Diagnostics;
using Hts.Commands;
using Hts.Files;

namespace Hts.Imports;

/// <summary><c>import trades</c> and <c>import bars</c>: files into the database.</summary>
internal sealed class FileImport : IImportWatch
{
    private readonly ImportRequest request;
    private readonly StorageSession session;
    private readonly ImportJournal journal;
    private readonly BadRowFile badRows;
    private readonly ReadReport report;
    private readonly long nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private ImportTarget? target;
    private ImportProgress? progress;

    private FileImport(ImportRequest request, StorageSession session, BadRowFile badRows)
    {
        this.request = request;
        this.session = session;
        this.badRows = badRows;
        journal = ImportJournal.Open(session.Data.Path);
        report = new ReadReport(badRows.Add);
    }

    /// <returns>1 when a whole file could not be read, else 0: bad rows are counted and listed.</returns>
    public static async Task<int> Run(ImportRequest request, CancellationToken cancellation)
    {
        var files = SymbolFiles.Of(request.Paths, request.Symbol);
        await using var session = await StorageSession.Open(request.DataDir, cancellation);
        await using var writing = await session.Store.WriteHistory(cancellation);
        using var badRows = new BadRowFile(request.BadRowsIn(session.Data.Path));
        return await new FileImport(request, session, badRows).Run(files, cancellation);
    }

    public void Begin(PartRead part)
    {
        target!.Begin(part);
        progress!.Begin();
    }

    public void Advance(PartRead part, long position) => progress!.Advance(part, position);

    public void End(PartRead part)
    {
        part.HasEnded = true;
        progress!.End(part);
        if (!part.IsWarmUp)
            Console.WriteLine(part);
    }

    private async Task<int> Run(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        WarnOfOtherNames(files);
        var kind = request.Kind == "trades" ? FileKind.Trades : FileKind.Bars;
        var plan = await ImportPlan.Make(
            ImportPlan.Order(files, kind), request, request.Again ? null : journal, session.Store.Bars, cancellation);
        progress = new ImportProgress(plan.Reads, report, TimeProvider.System, cancellation);
        target = new ImportTarget(
            session.Store.Bars, session.Grid, session.PublicationDelayMs, nowMs, "not in the imported files", report, Note);
        IBarTape tape = kind == FileKind.Trades
            ? new TradeTape(plan.Reads, request.Symbol, session.Grid, request.MaxQuietSeconds * 1000L, nowMs, report, this)
            : new BarTape(plan.Reads, request.Symbol, session.Grid, request.MaxQuietSeconds * 1000L, nowMs, report, this);
        foreach (var bar in tape.Read())
            await target.Add(bar, cancellation);
        await target.Finish(cancellation);
        Summarise(plan, tape, watch.Elapsed);
        return report.BadFiles > 0 ? 1 : 0;
    }

    private void Note(PartRead read)
    {
        if (read is { IsWhole: true, IsWarmUp: false, Rows: > 0 })
            journal.Add(new ImportedPart(ImportPlan.KeyOf(read.Part, request), [.. read.Spans.Select(Imported)]));
    }

    private ImportedSpan Imported(PartSpan span) =>
        new(span.Symbol, session.Grid.BarOf(span.FirstTs), session.Grid.BarOf(span.LastTs) + session.Grid.BarMs, span.Bars);

    private void WarnOfOtherNames(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            if (request.Symbol is { } symbol && DataPath.SymbolOf(file) is { } named && named != symbol)
                Console.Error.WriteLine($"{file} names {named}; its rows without a symbol are taken for {symbol}.");
        }
    }

    private void Summarise(ImportPlan plan, IBarTape tape, TimeSpan elapsed)
    {
        foreach (var storer in target!.Storers)
        {
            var from = tape.Summary(storer.Symbol) is { } summary ? $" from {summary}" : "";
            Console.WriteLine($"{storer.Symbol}: {storer.Bars} bars{from}; {storer.Outcome}");
        }
        if (plan.Skipped > 0)
            Console.WriteLine($"{plan.Skipped} files were imported before and are left out; --again reads them.");
        Console.WriteLine(FormattableString.Invariant(
            $"{report.Rows} rows from {plan.Reads.Count(read => !read.IsWarmUp)} files in {elapsed.TotalSeconds:0.0} s ({report.Rows / Math.Max(0.001, elapsed.TotalSeconds):0} a second), {report.BadRows} bad rows, {report.BadFiles} bad files."));
        if (badRows.Written is { } path)
            Console.WriteLine($"What was bad is listed in {path}.");
    }
}
