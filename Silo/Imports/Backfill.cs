using System.Globalization;
using Hts.Bars;
using Hts.Commands;
using Hts.Feeds;
using Hts.Time;

namespace Hts.Imports;

/// <summary>
/// Fetches what a symbol's stored bars lack from an exchange: also holes in the middle, and only those. What the exchange itself does not
/// have is marked, so that it is not asked for again. Interrupted, it goes on where it was: what is stored is not missing any more.
/// </summary>
/// <param name="publicationDelayMs">Milliseconds after its end at which a bar counts as known.</param>
internal sealed class Backfill(
    IExchange exchange, IBarStore bars, Grid grid, int publicationDelayMs, TimeProvider time, Action<string> print)
{
    /// <summary>Why a hole has no bars when the exchange was asked for them.</summary>
    public const string NotThere = "the exchange has no data";

    private const int BatchBars = 2_000;
    private const long DayMs = 86_400_000;

    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Piped = TimeSpan.FromSeconds(10);

    private readonly CountingExchange counting = new(exchange);
    private readonly ProgressLine progress = new(time, OnTerminal, Piped);
    private readonly long started = time.GetTimestamp();

    /// <summary>Request weight used so far.</summary>
    public long Weight => counting.Weight;

    /// <exception cref="UserErrorException">The exchange does not list one of the symbols.</exception>
    public async Task CheckSymbols(IReadOnlyList<string> symbols, CancellationToken cancellation)
    {
        var listed = (await counting.Symbols(cancellation)).Select(symbol => symbol.Name).ToHashSet(StringComparer.Ordinal);
        string[] unknown = [.. symbols.Where(symbol => !listed.Contains(symbol))];
        if (unknown.Length > 0)
            throw new UserErrorException($"{exchange.Name} does not list {string.Join(", ", unknown)}.");
    }

    /// <param name="fromTs">First open time, on the grid.</param>
    /// <param name="toTs">End, on the grid, not after now.</param>
    /// <param name="again">True asks also for what the exchange did not have before.</param>
    public async Task Run(string symbol, long fromTs, long toTs, bool again, CancellationToken cancellation)
    {
        var missing = await MissingSpans.Find(bars, symbol, grid, fromTs, toTs, cancellation);
        if (!again)
        {
            var known = (await bars.ReadGaps(symbol, fromTs, toTs, cancellation)).Where(gap => gap.Cause == NotThere);
            missing = MissingSpans.Without(missing, known.Select(gap => new Span(gap.FromTs, gap.ToTs)));
        }
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var work = new Work(missing.Sum(span => span.LengthMs), nowMs);
        foreach (var span in missing)
            await Fetch(symbol, span, work, cancellation);
        var (gaps, gapMs) = await MarkWhatIsNotThere(symbol, missing, nowMs, cancellation);
        progress.Clear();
        print(string.Create(
            CultureInfo.InvariantCulture,
            $"{symbol}: {work.Bars} bars fetched in {missing.Count} spans, {(toTs - fromTs) / (double)DayMs:0.##} days asked for; {gaps} holes ({gapMs / 1000} s) that {exchange.Name} does not have; weight {Weight}."));
    }

    private async Task Fetch(string symbol, Span span, Work work, CancellationToken cancellation)
    {
        var history = new HistoryFetcher(counting, grid);
        var batch = new List<StoredBar>(BatchBars);
        var reachedTs = span.FromTs;
        await foreach (var page in history.Bars(symbol, span.FromTs, span.ToTs, cancellation))
        {
            batch.AddRange(page.Select(bar => new StoredBar(bar, bar.Ts + grid.BarMs + publicationDelayMs, 0, Backfilled: true)));
            work.DoneMs += page[^1].Ts + grid.BarMs - reachedTs;
            reachedTs = page[^1].Ts + grid.BarMs;
            if (batch.Count >= BatchBars)
                await Store(symbol, batch, work, cancellation);
            progress.Show(() => Progress(symbol, reachedTs, work));
        }
        await Store(symbol, batch, work, cancellation);
        work.DoneMs += span.ToTs - reachedTs;
    }

    private async Task Store(string symbol, List<StoredBar> batch, Work work, CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        await bars.WriteBeside(symbol, batch.ToArray(), cancellation);
        var marked = await bars.ReadGaps(symbol, batch[0].Bar.Ts, batch[^1].Bar.Ts + grid.BarMs, cancellation);
        foreach (var run in Runs(batch))
        {
            if (marked.Any(gap => run.Overlaps(new Span(gap.FromTs, gap.ToTs))))
                await bars.FillGaps(symbol, run.FromTs, run.ToTs, work.NowMs, cancellation);
        }
        work.Bars += batch.Count;
        batch.Clear();
    }

    private IEnumerable<Span> Runs(List<StoredBar> batch)
    {
        var run = new Span(batch[0].Bar.Ts, batch[0].Bar.Ts);
        foreach (var ts in batch.Select(stored => stored.Bar.Ts))
        {
            if (ts != run.ToTs)
            {
                yield return run;
                run = new Span(ts, ts);
            }
            run = run with { ToTs = ts + grid.BarMs };
        }
        yield return run;
    }

    // Before a symbol's first bar there was no market, and after its newest one there may be none yet: neither is a hole.
    private async Task<(int Count, long LengthMs)> MarkWhatIsNotThere(
        string symbol, IReadOnlyList<Span> asked, long nowMs, CancellationToken cancellation)
    {
        var (count, lengthMs) = (0, 0L);
        foreach (var span in asked)
        {
            foreach (var hole in await MissingSpans.Find(bars, symbol, grid, span.FromTs, span.ToTs, cancellation))
            {
                var hasEarlier = (await bars.ReadLast(symbol, 1, hole.FromTs, cancellation)).Count > 0;
                var hasLater = (await bars.Read(symbol, hole.ToTs, long.MaxValue, 1, cancellation)).Count > 0;
                if (!hasEarlier || !hasLater)
                    continue;
                var marked = await bars.ReadGaps(symbol, hole.FromTs, hole.ToTs, cancellation);
                foreach (var rest in MissingSpans.Without([hole], marked.Where(gap => gap.Cause == NotThere).Select(gap => new Span(gap.FromTs, gap.ToTs))))
                    await bars.MarkGap(symbol, new Gap(rest.FromTs, rest.ToTs, NotThere, nowMs), cancellation);
                count++;
                lengthMs += hole.LengthMs;
            }
        }
        return (count, lengthMs);
    }

    private string Progress(string symbol, long reachedTs, Work work)
    {
        var share = work.TotalMs == 0 ? 1 : work.DoneMs / (double)work.TotalMs;
        var left = time.GetElapsedTime(started) * ((1 - share) / Math.Max(share, 1e-6));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{symbol}: {share * 100:0} %, {work.DoneMs / (double)DayMs:0.0} of {work.TotalMs / (double)DayMs:0.0} days, to {Timestamps.Iso(reachedTs)}, weight {Weight}, {left:d\\.hh\\:mm\\:ss} left");
    }

    private sealed class Work(long totalMs, long nowMs)
    {
        public long TotalMs { get; } = totalMs;

        public long NowMs { get; } = nowMs;

        public long DoneMs { get; set; }

        public long Bars { get; set; }
    }
}
