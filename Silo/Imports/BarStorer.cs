using Hts.Bars;
using Hts.Files;
using Hts.Time;

namespace Hts.Imports;

/// <summary>
/// Stores imported bars of one symbol in batches. Marked holes whose bars came are repaired; holes between the bars are marked where
/// nothing is stored and nobody marked them before, and a stored bar is written again only where it is an imported one that differs, so that
/// repeating an import changes nothing. What was received live stays as it was.
/// </summary>
/// <param name="publicationDelayMs">Milliseconds after its end at which a bar counts as known.</param>
/// <param name="cause">Why a hole has no bars.</param>
internal sealed class BarStorer(
    IBarStore bars, string symbol, Grid grid, int publicationDelayMs, long nowMs, string cause, ReadReport report)
{
    private const int BatchBars = 10_000;

    private readonly List<StoredBar> batch = new(BatchBars);
    private readonly HashSet<long> cut = [];
    private readonly List<Span> runs = [];
    private readonly List<Span> holes = [];
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

    /// <param name="mayBeCut">True when the source may hold only a part of it: such a bar does not replace one that may hold more.</param>
    /// <returns>False when the bar was refused.</returns>
    public bool Add(in Bar bar, bool mayBeCut = false)
    {
        if (BarRules.Check(bar, grid, nowMs) is { } rule)
        {
            report.Refuse(new FileProblem(symbol, -1, rule, Timestamps.Iso(bar.Ts)));
            return false;
        }
        if (bar.Ts < nextTs)
            return false;
        if (nextTs != long.MinValue && bar.Ts > nextTs)
            holes.Add(new Span(nextTs, bar.Ts));
        if (runs.Count > 0 && runs[^1].ToTs == bar.Ts)
            runs[^1] = runs[^1] with { ToTs = bar.Ts + grid.BarMs };
        else
            runs.Add(new Span(bar.Ts, bar.Ts + grid.BarMs));
        nextTs = bar.Ts + grid.BarMs;
        if (mayBeCut)
            cut.Add(bar.Ts);
        // Nobody received recorded history live: it is known when it was published.
        batch.Add(new StoredBar(bar, nextTs + publicationDelayMs, 0, Backfilled: true));
        return true;
    }

    public async Task Flush(CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        await bars.WriteBeside(symbol, await Changes(cancellation), cancellation);
        var fromTs = holes.Count == 0 ? runs[0].FromTs : Math.Min(runs[0].FromTs, holes[0].FromTs);
        var marked = (await bars.ReadGaps(symbol, fromTs, nextTs, cancellation)).Select(gap => new Span(gap.FromTs, gap.ToTs)).ToArray();
        foreach (var run in runs.Where(run => marked.Any(run.Overlaps)))
        {
            Repaired += marked.Count(run.Overlaps);
            await bars.FillGaps(symbol, run.FromTs, run.ToTs, nowMs, cancellation);
        }
        foreach (var hole in holes)
            await Mark(hole, marked, cancellation);
        Bars += batch.Count;
        DurableTs = batch[^1].Bar.Ts;
        batch.Clear();
        cut.Clear();
        runs.Clear();
        holes.Clear();
    }

    /// <summary>Bars that are not stored, and corrections of stored ones.</summary>
    private async Task<List<StoredBar>> Changes(CancellationToken cancellation)
    {
        var changes = new List<StoredBar>(batch.Count);
        var next = 0;
        await foreach (var stored in bars.Stream(symbol, batch[0].Bar.Ts, nextTs, cancellation))
        {
            for (; next < batch.Count && batch[next].Bar.Ts < stored.Bar.Ts; next++)
                changes.Add(batch[next]);
            if (next == batch.Count || batch[next].Bar.Ts != stored.Bar.Ts)
                continue;
            if (Correction(batch[next++], stored) is not { } correction)
                continue;
            changes.Add(correction);
            Corrected++;
        }
        changes.AddRange(batch.Skip(next));
        return changes;
    }

    private StoredBar? Correction(in StoredBar given, in StoredBar stored)
    {
        // Not every source knows trade ids: one is neither lost nor a reason to write a bar again.
        var bar = given.Bar.LastTradeId == 0 ? given.Bar with { LastTradeId = stored.Bar.LastTradeId } : given.Bar;
        var before = stored.Bar.LastTradeId == 0 ? stored.Bar with { LastTradeId = bar.LastTradeId } : stored.Bar;
        if (!stored.Backfilled || bar == before || (cut.Contains(bar.Ts) && !BarComparison.IsWithin(before, bar)))
            return null;
        return given with { Bar = bar, Revision = stored.Revision + 1 };
    }

    private async Task Mark(Span hole, Span[] marked, CancellationToken cancellation)
    {
        Holes++;
        var missing = await MissingSpans.Find(bars, symbol, grid, hole.FromTs, hole.ToTs, cancellation);
        foreach (var span in MissingSpans.Without(missing, marked.Where(hole.Overlaps)))
            await bars.MarkGap(symbol, new Gap(span.FromTs, span.ToTs, cause, nowMs), cancellation);
    }
}
