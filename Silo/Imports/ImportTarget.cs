using Hts.Bars;
using Hts.Files;

namespace Hts.Imports;

/// <summary>Where the bars of an import go: a storer for each symbol, and a note of every part whose bars are all stored.</summary>
internal sealed class ImportTarget(
    IBarStore bars, Grid grid, int publicationDelayMs, long nowMs, string cause, ReadReport report, Action<PartRead> done)
{
    private readonly Dictionary<string, BarStorer> storers = new(StringComparer.Ordinal);
    private readonly List<PartRead> open = [];

    public IEnumerable<BarStorer> Storers => storers.Values;

    public void Begin(PartRead read) => open.Add(read);

    public async ValueTask Add(SymbolBar next, CancellationToken cancellation)
    {
        if (!storers.TryGetValue(next.Symbol, out var storer))
            storers[next.Symbol] = storer = new BarStorer(bars, next.Symbol, grid, publicationDelayMs, nowMs, cause, report);
        if (!storer.Add(next))
            return;
        var ts = next.Given.Bar.Ts;
        foreach (var read in open)
        {
            if (read.SpanOf(next.Symbol) is { } span && ts >= grid.BarOf(span.FirstTs) && ts <= span.LastTs)
                span.Bars++;
        }
        if (!storer.IsFull)
            return;
        await storer.Flush(cancellation);
        Settle(read => read.HasEnded && read.Spans.All(span => storers.TryGetValue(span.Symbol, out var s) && s.DurableTs >= grid.BarOf(span.LastTs)));
    }

    public async Task Finish(CancellationToken cancellation)
    {
        foreach (var storer in storers.Values)
            await storer.Finish(cancellation);
        Settle(_ => true);
    }

    private void Settle(Predicate<PartRead> isStored)
    {
        foreach (var read in open.FindAll(isStored))
            done(read);
        open.RemoveAll(isStored);
    }
}
