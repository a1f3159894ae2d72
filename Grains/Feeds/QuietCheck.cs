using Hts.Time;

namespace Hts.Feeds;

/// <summary>
/// Tells a quiet market from a stream that withholds trades while the connection seems healthy: asks REST for a trade that should have come.
/// One question at a time, in the background, the longest unproven symbol first.
/// </summary>
internal sealed class QuietCheck(IExchange exchange, MarketClock clock, FeedSessionOptions options, Action<string> cut)
{
    private long QuietMs => options.VerifyQuietSeconds * 1000L;

    public async Task Look(IReadOnlyCollection<SymbolFeed> feeds, CancellationToken cancellation)
    {
        var live = feeds.Where(f => f.Health.State == "live" && (f.LastId > 0 || f.NoIdFrom > 0)).ToArray();
        if (live.Length == 0)
            return;
        var now = clock.NowMs;
        var suspects = live.Where(f => f.Health.ProvenAt < now - QuietMs).OrderBy(f => f.Health.ProvenAt).ToArray();
        // When nothing at all came for a while, the symbol that was the last to trade is asked for earlier.
        var latest = live.MaxBy(f => f.Health.ProvenAt)!;
        if (suspects.Length == 0 && latest.Health.ProvenAt < now - (QuietMs / 4))
            suspects = [latest];
        foreach (var feed in suspects)
            await Ask(feed, cancellation);
    }

    private async Task Ask(SymbolFeed feed, CancellationToken cancellation)
    {
        var (lastId, healthyTo, asked) = (feed.LastId, feed.Health.HealthyAt, clock.NowMs);
        var noIdFrom = feed.NoIdFrom;
        var newer = noIdFrom > 0
            ? await exchange.AggTradesByTime(feed.Symbol, noIdFrom, asked, cancellation)
            : await exchange.AggTrades(feed.Symbol, lastId + 1, 1, Urgency.Background, cancellation);
        if (newer.Count == 0 || newer[0].Ts >= healthyTo)
        {
            feed.Health.Prove(asked);
            return;
        }
        // By its heartbeat the stream had delivered everything up to then.
        if (feed.LastId != lastId)
            return;
        feed.Post(TradeEvent.Doubt);
        cut($"the stream withholds trades of {feed.Symbol}");
    }
}
