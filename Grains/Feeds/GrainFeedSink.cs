using System.Collections.Concurrent;
using Hts.Bars;
using Hts.Events;
using Hts.History;
using Hts.Live;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Symbols;
using Hts.Time;
using Hts.Trades;
using Hts.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Feeds;

/// <summary>Carries a feed's bars to the market grains and wakes the predictors.</summary>
internal sealed partial class GrainFeedSink(
    IGrainFactory grains, ISymbolStore symbols, EventLog events, LivePublisher live, MarketClock clock, Grid grid,
    IOptions<FeedSessionOptions> options, ILogger<GrainFeedSink> logger) : IFeedSink
{
    // Symbols whose predicted span has begun: what comes now was not known before now.
    private readonly ConcurrentDictionary<string, bool> begun = new();

    public Task<FeedCursor> Cursor(string symbol) => Market(symbol).Cursor();

    public async Task Append(string symbol, IReadOnlyList<BarChange> bars)
    {
        var isLive = await HasBegun(symbol);
        var now = clock.NowMs;
        var messages = bars.Select(b => new StoredBar(b.Bar, isLive ? now : KnownOnceAt(b.Bar), b.Revision).ToMessage()).ToArray();
        var result = await Market(symbol).Append(messages);
        foreach (var rejection in result.Rejections)
            await events.Error("feed", symbol, $"The bar of {Timestamps.Iso(messages[rejection.Index].Ts)} was refused: {rejection.Rule}");
    }

    public Task MarkGap(string symbol, long fromTs, long toTs, string cause) =>
        Market(symbol).MarkGap(new GapMessage(fromTs, toTs, cause));

    public void SlotEnded(string symbol, long baseTs)
    {
        // Old boundaries pass by while history is fetched; the reminder explains those slots.
        if (clock.NowMs - baseTs < grid.SlotMs)
            grains.GetGrain<IStrategyPredictorGrain>(symbol).SlotEnded(baseTs).Ignore();
    }

    public async Task Loaded(string symbol)
    {
        var isNew = await symbols.Find(symbol, CancellationToken.None) is { FirstSlot: null };
        var first = await symbols.StartSpan(symbol, grid.SlotAtOrAfter(clock.NowMs + 1), CancellationToken.None);
        await grains.GetGrain<IStrategyPredictorGrain>(symbol).Start();
        await events.Info(
            "feed", symbol, isNew ? $"History is complete; predicted from {Timestamps.Iso(first)} on." : "The feed carries on.");
        begun[symbol] = true;
        if (await grains.GetGrain<IModelRegistryGrain>(0).Current() is null)
            await TrainFirst();
    }

    public void Report(FeedStatusMessage status)
    {
        LogStatus(logger, status.Symbol, status.State);
        live.Publish(new LiveMessage("feed", status.Symbol, null, null, null, null, status));
    }

    public Task Log(string level, string? symbol, string message) =>
        level == "warning" ? events.Warning("feed", symbol, message) : events.Info("feed", symbol, message);

    // The first model waits until every symbol that is being loaded has its history.
    private async Task TrainFirst()
    {
        var waiting = (await symbols.List(CancellationToken.None)).Any(s => s.Active && s.FirstSlot is null);
        if (!waiting)
            await grains.GetGrain<ITrainingGrain>(0).Run("first history is complete");
    }

    private async Task<bool> HasBegun(string symbol)
    {
        if (!begun.TryGetValue(symbol, out var known))
            begun[symbol] = known = await symbols.Find(symbol, CancellationToken.None) is { FirstSlot: not null };
        return known;
    }

    // History from before the symbol was followed could have been known when the exchange published it.
    private long KnownOnceAt(in Bar bar) => bar.Ts + grid.BarMs + options.Value.PublicationDelayMs;

    private IMarketGrain Market(string symbol) => grains.GetGrain<IMarketGrain>(symbol);

    [LoggerMessage(Level = LogLevel.Information, Message = "Feed of {Symbol} is {State}")]
    private static partial void LogStatus(ILogger logger, string symbol, string state);
}
