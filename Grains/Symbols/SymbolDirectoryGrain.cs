using Hts.Bars;
using Hts.Events;
using Hts.Feeds;
using Hts.Markets;
using Hts.Predictions;
using Hts.Time;

namespace Hts.Symbols;

/// <summary>The list of symbols: what is stored, joined with how each feed is doing.</summary>
internal sealed class SymbolDirectoryGrain(
    ISymbolStore symbols, IExchange exchange, EventLog events, MarketClock clock, Grid grid, TimeProvider realTime)
    : Grain, ISymbolDirectoryGrain
{
    private static readonly TimeSpan ListAge = TimeSpan.FromMilliseconds(500);

    private IReadOnlyList<SymbolMessage> list = [];
    private DateTimeOffset listUntil = DateTimeOffset.MinValue;

    public async Task<IReadOnlyList<SymbolMessage>> List()
    {
        if (realTime.GetUtcNow() < listUntil)
            return list;
        var records = await symbols.List(CancellationToken.None);
        var feeds = await Feeds(records);
        list = await Task.WhenAll(records.Select(r => Describe(r, feeds.GetValueOrDefault(r.Name))));
        listUntil = realTime.GetUtcNow() + ListAge;
        return list;
    }

    public async Task<SymbolMessage?> Find(string symbol)
    {
        if (realTime.GetUtcNow() < listUntil && list.FirstOrDefault(s => s.Name == symbol) is { } listed)
            return listed;
        // One of many is asked for on its own: the whole list calls every market.
        if (await symbols.Find(symbol, CancellationToken.None) is not { } record)
            return null;
        return await Describe(record, (await Feeds([record])).GetValueOrDefault(symbol));
    }

    public async Task<string?> Add(string symbol)
    {
        try
        {
            var listed = await exchange.Symbols(CancellationToken.None);
            if (listed.All(s => s.Name != symbol))
                return $"{exchange.Name} does not list {symbol}.";
        }
        catch (ExchangeException e)
        {
            return $"{exchange.Name} cannot be asked about {symbol}: {e.Message}";
        }
        await symbols.Add(symbol, clock.NowMs, FeedShardGrain.SymbolsPerShard, CancellationToken.None);
        await RefreshFeeds();
        await events.Info("system", symbol, "The symbol was added.");
        return null;
    }

    public async Task<bool> Stop(string symbol)
    {
        if (await symbols.Find(symbol, CancellationToken.None) is not { } record)
            return false;
        if (record.Active)
            await symbols.Stop(symbol, grid.SlotAtOrAfter(clock.NowMs + 1), CancellationToken.None);
        // Repeated for a stopped one too: a first call may have failed half-way.
        await GrainFactory.GetGrain<IStrategyPredictorGrain>(symbol).Stop();
        await RefreshFeeds();
        if (record.Active)
            await events.Info("system", symbol, "The symbol was stopped.");
        return true;
    }

    private async Task RefreshFeeds()
    {
        listUntil = DateTimeOffset.MinValue;
        foreach (var shard in FeedShardGrain.ShardsOf(await symbols.List(CancellationToken.None)))
            await GrainFactory.GetGrain<IFeedShardGrain>(shard).Refresh();
    }

    private async Task<Dictionary<string, FeedStatusMessage>> Feeds(IReadOnlyList<SymbolRecord> records)
    {
        var shards = FeedShardGrain.ShardsOf(records.Where(r => r.Active));
        var statuses = await Task.WhenAll(shards.Select(s => GrainFactory.GetGrain<IFeedShardGrain>(s).Status()));
        return statuses.SelectMany(s => s).DistinctBy(s => s.Symbol).ToDictionary(s => s.Symbol);
    }

    private async Task<SymbolMessage> Describe(SymbolRecord record, FeedStatusMessage? feed)
    {
        var cursor = await GrainFactory.GetGrain<IMarketGrain>(record.Name).Cursor();
        var state = record.Active ? feed?.State ?? "loading" : "stopped";
        return new SymbolMessage(
            record.Name, state, record.AddedAt, record.FirstSlot, record.StoppedAt, feed?.LagSeconds, cursor.LastTs,
            cursor.LastTs is null ? null : cursor.LastClose, feed?.Detail ?? "", feed?.Backfill);
    }
}
