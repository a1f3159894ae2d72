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
    IGrainFactory grains, ISymbolStore symbols, IBarStore bars, IFeedTallyStore tallies, EventLog events, LivePublisher live, MarketClock clock,
    Grid grid, IOptions<FeedSessionOptions> options, ILogger<GrainFeedSink> logger) : IFeedSink
{
    private const long HourMs = 3_600_000;
    private const int LoggedPercent = 10;
    private const string Unsound = "the exchange's data for it cannot be true";

    // Symbols whose predicted span has begun: what comes now was not known before now.
    private readonly ConcurrentDictionary<string, bool> begun = new();

    public Task<FeedCursor> Cursor(string symbol) => Market(symbol).Cursor();

    // Read each time: the symbol may have been stopped and added again since.
    public async Task<bool> HasBegun(string symbol) =>
        begun[symbol] = await symbols.Find(symbol, CancellationToken.None) is { FirstSlot: not null };

    public Task<IReadOnlyList<Hole>> Missing(string symbol, long fromTs, long toTs) =>
        Holes.Find(bars, symbol, grid, fromTs, toTs, CancellationToken.None);

    public async Task<Bar?> BarBefore(string symbol, long ts)
    {
        var found = await bars.ReadLast(symbol, 1, ts, CancellationToken.None);
        return found.Count == 0 ? null : found[0].Bar;
    }

    public Task<IReadOnlyList<Gap>> Gaps(string symbol, long fromTs) => bars.ReadGaps(symbol, fromTs, long.MaxValue, CancellationToken.None);

    public async Task Append(string symbol, IReadOnlyList<BarChange> changes, bool fetched)
    {
        var isLive = begun.TryGetValue(symbol, out var known) ? known : await HasBegun(symbol);
        var now = clock.NowMs;
        var messages = changes
            .Select(c => new StoredBar(c.Bar, isLive ? Math.Max(now, EndOf(c.Bar)) : KnownOnceAt(c.Bar), c.Revision, fetched || !isLive).ToMessage())
            .ToArray();
        var result = await Market(symbol).Append(messages);
        foreach (var rejection in result.Rejections)
            await Refused(symbol, changes[rejection.Index].Bar, rejection.Rule);
    }

    public Task MarkGap(string symbol, long fromTs, long toTs, string cause) =>
        Market(symbol).MarkGap(new GapMessage(fromTs, toTs, cause));

    public Task MarkRepaired(string symbol, long fromTs, long toTs, string cause)
    {
        var now = clock.NowMs;
        return bars.MarkRepaired(symbol, new Gap(fromTs, toTs, cause, now, now), CancellationToken.None);
    }

    public Task Count(IReadOnlyCollection<KeyValuePair<string, FeedTally>> counts) =>
        tallies.Add(clock.NowMs / HourMs * HourMs, counts, CancellationToken.None);

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
        if (status.Backfill is not { } history)
            LogStatus(logger, status.Symbol, status.State);
        else if ((history.AtTs - history.FromTs) * 100 / (history.ToTs - history.FromTs) is var percent && percent % LoggedPercent == 0)
            LogHistory(logger, status.Symbol, Timestamps.Iso(history.AtTs), percent);
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

    // A bar that only is too early by the market's clock is right once that time has come. One that never will be is a hole and says so.
    private async Task Refused(string symbol, Bar bar, string rule)
    {
        if (BarRules.Check(bar, grid, long.MaxValue) is null)
        {
            throw new ExchangeException(
                ExchangeFault.Malformed, $"The bar of {Timestamps.Iso(bar.Ts)} lies in the future: are the machines' clocks right?");
        }
        await events.Error("feed", symbol, $"The bar of {Timestamps.Iso(bar.Ts)} was refused: {rule}");
        if (await BarBefore(symbol, bar.Ts + 1) is not { } stored || stored.Ts != bar.Ts)
            await MarkGap(symbol, bar.Ts, EndOf(bar), Unsound);
    }

    private long EndOf(in Bar bar) => bar.Ts + grid.BarMs;

    // History from before the symbol was followed could have been known when the exchange published it.
    private long KnownOnceAt(in Bar bar) => EndOf(bar) + options.Value.PublicationDelayMs;

    private IMarketGrain Market(string symbol) => grains.GetGrain<IMarketGrain>(symbol);

    [LoggerMessage(Level = LogLevel.Information, Message = "History of {Symbol} is complete up to {Time}: {Percent} %")]
    private static partial void LogHistory(ILogger logger, string symbol, string time, long percent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Feed of {Symbol} is {State}")]
    private static partial void LogStatus(ILogger logger, string symbol, string state);
}
