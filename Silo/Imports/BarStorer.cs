using Hts.Bars;
using Hts.Files;
using Hts.Time;

namespace Hts.Imports;

/// <summary>
/// Stores imported bars of one symbol in batches. Marked holes whose bars came are repaired; holes between the bars are marked where
/// nothing is stored and nobody marked them before, so that repeating an import changes nothing.
/// </summary>
/// <param name="cause">Why a hole has no bars.</param>
internal sealed class BarStorer(IBarStore bars, string symbol, Grid grid, long nowMs, string cause, ReadReport report)
{
    private const int BatchBars = 10_000;

    private readonly List<StoredBar> batch = new(BatchBars);
    private readonly List<Span> runs = [];
    private readonly List<Span> holes = [];
    private long nextTs = long.MinValue;

    public string Symbol => symbol;

    public long Bars { get; private set; }

    public long Holes { get; private set; }

    /// <summary>Marked holes, or parts of them, that are repaired now.</summary>
    public long Repaired { get; private set; }

    /// <summary>All bars up to this open time are durable.</summary>
    public long DurableTs { get; private set; } = long.MinValue;

    public bool IsFull => batch.Count == BatchBars;

    /// <summary>The bars go on where an earlier import ended: time between its last bar and the next one is a hole.</summary>
    public void ContinueAfter(long lastTs) => nextTs = lastTs + grid.BarMs;

    /// <returns>False when the bar was refused.</returns>
    public bool Add(in Bar bar)
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
        // Recorded history is known at its bar's end: nobody received it live.
        batch.Add(new StoredBar(bar, nextTs, 0, Backfilled: true));
        return true;
    }

    public async Task Flush(CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        await bars.Write(symbol, batch.ToArray(), cancellation);
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
        runs.Clear();
        holes.Clear();
    }

    private async Task Mark(Span hole, Span[] marked, CancellationToken cancellation)
    {
        Holes++;
        var missing = await MissingSpans.Find(bars, symbol, grid, hole.FromTs, hole.ToTs, cancellation);
        foreach (var span in MissingSpans.Without(missing, marked.Where(hole.Overlaps)))
            await bars.MarkGap(symbol, new Gap(span.FromTs, span.ToTs, cause, nowMs), cancellation);
    }
}
