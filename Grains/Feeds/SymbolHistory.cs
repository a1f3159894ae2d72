using Hts.Bars;
using Hts.Features;
using Hts.Markets;
using Hts.Time;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>Brings one symbol's stored market up to the present where that is too far for single trades, and fetches trades where it is not.</summary>
internal sealed class SymbolHistory(
    string symbol, IExchange exchange, IFeedSink sink, MarketClock clock, Grid grid, FeedSessionOptions options, FeedLanes lanes)
{
    private const string NoData = "the exchange has no data for it";
    private const string NotFollowed = "the symbol was not followed";

    // Bars before newer ones make the market run over those again: few large pieces.
    private const int BarsAtOnce = 2_000;

    private readonly HistoryFetcher fetcher = new(exchange, grid);

    private long Now => grid.BarOf(clock.NowMs);

    /// <summary>Market milliseconds from which on a stretch is fetched as klines.</summary>
    public long KlinesMs => options.KlineMinutes * 60_000L;

    /// <summary>
    /// Fills what is missing from klines: for a symbol that has begun the time since its newest bar, where that is long; for one that has
    /// not all missing stretches of the days that a new symbol starts with. What the exchange does not have is marked.
    /// </summary>
    /// <param name="health">Is told of the progress.</param>
    /// <returns>The newest stored bar to go on from, null when there is none, and the instant to go on from.</returns>
    public async Task<(Bar? Last, long BeginTs)> Load(FeedHealth health, CancellationToken cancellation)
    {
        var begun = await sink.HasBegun(symbol);
        if ((await Lacking(begun)).Count > 0)
        {
            using var turn = await lanes.Backfill(cancellation);
            // Time passed while others had their turn.
            await LoadKlines(await Lacking(begun), begun, health, cancellation);
        }
        var cursor = await sink.Cursor(symbol);
        var now = Now;
        if (EndOf(cursor) is not { } end)
            return (null, now);
        if (begun || end >= Oldest(now) || now - end <= KlinesMs)
            return (Bar.Flat(cursor.LastTs!.Value, cursor.LastClose, cursor.LastTradeId), end);
        // Bars from long ago are no beginning of what comes now, and a market starts anew after the longest hole in any case.
        if (now - end <= SymbolRun.LongestHoleMs)
            await sink.MarkGap(symbol, end, now, NotFollowed);
        return (null, now);
    }

    /// <summary>Id of the first trade at or after an instant; null when there is none yet.</summary>
    public Task<long?> FirstIdAt(long ts, CancellationToken cancellation) => fetcher.FirstIdAt(symbol, ts, clock.NowMs, cancellation);

    public IAsyncEnumerable<IReadOnlyList<Trade>> TradesFrom(long fromId, Urgency urgency, CancellationToken cancellation) =>
        fetcher.TradesFrom(symbol, fromId, urgency, cancellation);

    /// <summary>The stretches to be fetched as klines, by time.</summary>
    private async Task<IReadOnlyList<Hole>> Lacking(bool begun)
    {
        var now = Now;
        IReadOnlyList<Hole> lacking = begun && EndOf(await sink.Cursor(symbol)) is { } end
            ? [new Hole(end, now)]
            : await sink.Missing(symbol, Oldest(now), now);
        // What lacks at the end is fetched trade by trade when it is short: the stream goes on from there.
        return [.. lacking.Where(hole => hole.ToTs < now || now - hole.FromTs > KlinesMs)];
    }

    private async Task LoadKlines(IReadOnlyList<Hole> stretches, bool begun, FeedHealth health, CancellationToken cancellation)
    {
        if (stretches.Count == 0)
            return;
        var cursor = await sink.Cursor(symbol);
        var (fromTs, toTs) = (stretches[0].FromTs, stretches[^1].ToTs);
        await sink.Log("info", symbol, $"History from {Timestamps.Iso(fromTs)} is fetched.");
        var before = begun ? null : await sink.BarBefore(symbol, fromTs);
        Report(new BackfillProgress(fromTs, toTs, fromTs), health);
        var some = new List<BarChange>();
        foreach (var stretch in stretches)
        {
            // What lacks before the first bar of all is no hole.
            var nextTs = cursor.FirstTs < stretch.FromTs ? stretch.FromTs : (long?)null;
            await foreach (var bars in fetcher.Bars(symbol, stretch.FromTs, stretch.ToTs, cancellation))
            {
                foreach (var bar in bars)
                {
                    if (nextTs < bar.Ts)
                        await sink.MarkGap(symbol, nextTs.Value, bar.Ts, NoData);
                    nextTs = bar.Ts + grid.BarMs;
                    some.Add(new BarChange(bar, 0));
                }
                if (some.Count >= BarsAtOnce)
                    await Store();
                Report(new BackfillProgress(fromTs, toTs, bars[^1].Ts + grid.BarMs), health);
            }
            if (cursor.LastTs > stretch.FromTs && nextTs < stretch.ToTs)
                await sink.MarkGap(symbol, nextTs.Value, stretch.ToTs, NoData);
        }
        await Store();
        health.Backfill = null;

        async Task Store()
        {
            if (some.Count == 0)
                return;
            await sink.Append(symbol, some.ToArray(), fetched: true);
            some.Clear();
            // Only now: at its end a market runs over a hole that is marked, and this one may be years long.
            if (before is { } old && old.Ts + grid.BarMs < fromTs)
                await sink.MarkGap(symbol, old.Ts + grid.BarMs, fromTs, NotFollowed);
            before = null;
        }
    }

    private long? EndOf(FeedCursor cursor) => cursor.LastTs + grid.BarMs;

    /// <summary>From when on a symbol that has not begun yet shall have its bars.</summary>
    private long Oldest(long now) => grid.BarOf(now - (options.BackfillDays * 86_400_000L));

    // A hundred reports are enough for a progress bar.
    private void Report(BackfillProgress next, FeedHealth health)
    {
        var before = health.Backfill;
        health.Backfill = next;
        if (before is null || Percent(next) > Percent(before))
            sink.Report(health.Status());
    }

    private static long Percent(BackfillProgress p) => (p.AtTs - p.FromTs) * 100 / (p.ToTs - p.FromTs);
}
