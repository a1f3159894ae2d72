using Hts.Bars;
using Hts.Time;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>Brings one symbol's stored market up to the present where that is too far for single trades, and fetches trades where it is not.</summary>
internal sealed class SymbolHistory(
    string symbol, IExchange exchange, IFeedSink sink, MarketClock clock, Grid grid, FeedSessionOptions options)
{
    private const string NoData = "the exchange has no data for it";

    private readonly HistoryFetcher fetcher = new(exchange, grid);

    /// <summary>Fills a long hole up to the present from klines. What the exchange does not have is marked.</summary>
    /// <param name="health">Is told of the progress.</param>
    /// <returns>The newest stored bar, null when there is none, and the instant to go on from.</returns>
    public async Task<(Bar? Last, long BeginTs)> Load(FeedHealth health, CancellationToken cancellation)
    {
        var cursor = await sink.Cursor(symbol);
        var now = grid.BarOf(clock.NowMs);
        var last = cursor.LastTs is { } ts ? Bar.Flat(ts, cursor.LastClose, cursor.LastTradeId) : (Bar?)null;
        var from = last is { } bar ? bar.Ts + grid.BarMs : grid.BarOf(now - (options.BackfillDays * 86_400_000L));
        if (now - from > options.KlineMinutes * 60_000L)
        {
            await sink.Log("info", symbol, $"History from {Timestamps.Iso(from)} is fetched.");
            last = await LoadKlines(last, from, now, health, cancellation);
        }
        return (last, last is { } end ? end.Ts + grid.BarMs : now);
    }

    /// <summary>Id of the first trade at or after an instant; null when there is none yet.</summary>
    public Task<long?> FirstIdAt(long ts, CancellationToken cancellation) => fetcher.FirstIdAt(symbol, ts, clock.NowMs, cancellation);

    public IAsyncEnumerable<IReadOnlyList<Trade>> TradesFrom(long fromId, Urgency urgency, CancellationToken cancellation) =>
        fetcher.TradesFrom(symbol, fromId, urgency, cancellation);

    private async Task<Bar?> LoadKlines(Bar? last, long fromTs, long toTs, FeedHealth health, CancellationToken cancellation)
    {
        Report(new BackfillProgress(fromTs, toTs, fromTs), health);
        await foreach (var bars in fetcher.Bars(symbol, fromTs, toTs, cancellation))
        {
            foreach (var bar in bars)
            {
                if (last is { } before && bar.Ts > before.Ts + grid.BarMs)
                    await sink.MarkGap(symbol, before.Ts + grid.BarMs, bar.Ts, NoData);
                last = bar;
            }
            await sink.Append(symbol, [.. bars.Select(b => new BarChange(b, 0))], fetched: true);
            Report(new BackfillProgress(fromTs, toTs, bars[^1].Ts + grid.BarMs), health);
        }
        health.Backfill = null;
        return last;
    }

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
