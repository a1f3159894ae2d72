using Hts.Bars;
using Hts.Files;
using Hts.Time;

namespace Hts.Imports;

/// <summary>
/// Stores imported bars of one symbol in batches. Marked holes whose bars came are repaired; holes between the bars, and from them to the
/// stored ones before and after, are marked where nothing is stored and nobody marked them before, and a stored bar is written again only
/// where it is an imported one that differs, so that repeating an import changes nothing. What was received live stays as it was.
/// </summary>
/// <param name="publicationDelayMs">Milliseconds after its end at which a bar counts as known.</param>
/// <param name="cause">Why a hole has no bars.</param>
internal sealed class BarStorer(
    IBarStore bars, string symbol, Grid grid, int publicationDelayMs, long nowMs, string cause, ReadReport report)
{
    private const int BatchBars = 10_000;

    private readonly List<SymbolBar> batch = new(BatchBars);
    private readonly List<Span> runs = [];
    private readonly List<Span> holes = [];
    private long? firstTs;
    private long nextTs = long.MinValue;

    public string Symbol => symbol;

    public long Bars { get; private set; }

    public long Holes { get; private set; }

    /// <summary>Marked holes, or parts of them, that are repaired now.</summary>
    public long Repaired { get; private set; }

    /// <summary>Stored bars that were replaced.</summary>
    public long Corrected { get; private set; }

    /// <summary>What became of holes and stored bars, in words.</summary>
    public string Outcome => $"{Holes} holes, {Repaired} marked holes repaired{(Corrected == 0 ? "" : $", {Corrected} stored bars corrected")}.";

    /// <summary>All bars up to this open time are durable.</summary>
    public long DurableTs { get; private set; } = long.MinValue;

    public bool IsFull => batch.Count == BatchBars;

    /// <summary>The bars go on where an earlier import ended: time between its last bar and the next one is a hole.</summary>
    public void ContinueAfter(long lastTs) => nextTs = lastTs + grid.BarMs;

    /// <summary>A bar that may be cut does not replace one that may hold more; values that its source does not tell replace none.</summary>
    /// <returns>False when the bar was refused.</returns>
    public bool Add(in SymbolBar next)
    {
        var bar = next.Given.Bar;
        if (BarRules.Check(bar, grid, nowMs) is { } rule)
        {
            report.Refuse(new FileProblem(symbol, -1, rule, Timestamps.Iso(bar.Ts)));
            return false;
        }
        if (bar.Ts < nextTs)
            return false;
        firstTs ??= nextTs == long.MinValue ? bar.Ts : nextTs;
        if (nextTs != long.MinValue && bar.Ts > nextTs)
            holes.Add(new Span(nextTs, bar.Ts));
        if (runs.Count > 0 && runs[^1].ToTs == bar.Ts)
            runs[^1] = runs[^1] with { ToTs = bar.Ts + grid.BarMs };
        else
            runs.Add(new Span(bar.Ts, bar.Ts + grid.BarMs));
        nextTs = bar.Ts + grid.BarMs;
        batch.Add(next);
        return true;
    }

    public async Task Flush(CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        await bars.WriteBeside(symbol, await Changes(cancellation), cancellation);
        var fromTs = holes.Count == 0 ? runs[0].FromTs : Math.Min(runs[0].FromTs, holes[0].FromTs);
        var marked = await Marked(fromTs, nextTs, cancellation);
        foreach (var run in runs.Where(run => marked.Any(run.Overlaps)))
        {
            Repaired += marked.Count(run.Overlaps);
            await bars.FillGaps(symbol, run.FromTs, run.ToTs, nowMs, cancellation);
        }
        foreach (var hole in holes)
            await Mark(hole, marked, cancellation);
        Holes += holes.Count;
        Bars += batch.Count;
        DurableTs = batch[^1].Given.Bar.Ts;
        batch.Clear();
        runs.Clear();
        holes.Clear();
    }

    /// <summary>Stores what is left, and marks what lacks to the stored bars on either side: nobody else knows of it.</summary>
    public async Task Finish(CancellationToken cancellation)
    {
        await Flush(cancellation);
        if (firstTs is not { } fromTs)
            return;
        if (await bars.ReadLast(symbol, 1, fromTs, cancellation) is [var before])
            await MarkBeside(new Span(before.Bar.Ts + grid.BarMs, fromTs), cancellation);
        if (await bars.Read(symbol, nextTs, long.MaxValue, 1, cancellation) is [var after])
            await MarkBeside(new Span(nextTs, after.Bar.Ts), cancellation);
    }

    /// <summary>Bars that are not stored, and corrections of stored ones.</summary>
    private async Task<List<StoredBar>> Changes(CancellationToken cancellation)
    {
        var changes = new List<StoredBar>(batch.Count);
        var next = 0;
        await foreach (var stored in bars.Stream(symbol, batch[0].Given.Bar.Ts, nextTs, cancellation))
        {
            for (; next < batch.Count && batch[next].Given.Bar.Ts < stored.Bar.Ts; next++)
                changes.Add(Stored(batch[next].Given.Bar, 0));
            if (next == batch.Count || batch[next].Given.Bar.Ts != stored.Bar.Ts)
                continue;
            if (Correction(batch[next++], stored) is not { } correction)
                continue;
            changes.Add(correction);
            Corrected++;
        }
        changes.AddRange(batch.Skip(next).Select(left => Stored(left.Given.Bar, 0)));
        return changes;
    }

    private StoredBar? Correction(in SymbolBar next, in StoredBar stored)
    {
        // What not every source knows is neither lost nor, where it is a trade id, a reason to write a bar again.
        var bar = next.Given.CompletedBy(stored.Bar);
        var before = stored.Bar.LastTradeId == 0 ? stored.Bar with { LastTradeId = bar.LastTradeId } : stored.Bar;
        if (!stored.Backfilled || bar == before || (next.MayBeCut && !BarComparison.IsWithin(before, bar)))
            return null;
        return Stored(bar, stored.Revision + 1);
    }

    // Nobody received recorded history live: it is known when it was published.
    private StoredBar Stored(in Bar bar, int revision) => new(bar, bar.Ts + grid.BarMs + publicationDelayMs, revision, Backfilled: true);

    private async Task MarkBeside(Span hole, CancellationToken cancellation)
    {
        if (hole.LengthMs > 0 && await Mark(hole, await Marked(hole.FromTs, hole.ToTs, cancellation), cancellation))
            Holes++;
    }

    /// <returns>False when nothing was left to be marked.</returns>
    private async Task<bool> Mark(Span hole, Span[] marked, CancellationToken cancellation)
    {
        var missing = await MissingSpans.Find(bars, symbol, grid, hole.FromTs, hole.ToTs, cancellation);
        var unmarked = MissingSpans.Without(missing, marked.Where(hole.Overlaps));
        foreach (var span in unmarked)
            await bars.MarkGap(symbol, new Gap(span.FromTs, span.ToTs, cause, nowMs), cancellation);
        return unmarked.Count > 0;
    }

    private async Task<Span[]> Marked(long fromTs, long toTs, CancellationToken cancellation) =>
        [.. (await bars.ReadGaps(symbol, fromTs, toTs, cancellation)).Select(gap => new Span(gap.FromTs, gap.ToTs))];
}
