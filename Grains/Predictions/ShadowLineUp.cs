using Hts.Bars;
using Hts.Forecasts;
using Hts.Ledgers;
using Hts.Models;
using Hts.Objects;
using Hts.Symbols;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

/// <summary>
/// One per silo: who forecasts beside the champion, and for which symbols. Looked up and loaded once a slot off the ticks' path: a tick
/// takes those that are ready and waits for none.
/// </summary>
internal sealed partial class ShadowLineUp(
    IModelStore models, ISymbolStore symbols, ModelLoader loader, IForecaster forecaster, IOptions<PredictionOptions> options,
    ILogger<ShadowLineUp> logger)
{
    /// <summary>Newest models that challengers are looked for among.</summary>
    public const int ModelsLookedAt = 100;

    private readonly PredictionOptions options = options.Value;
    private readonly Lock gate = new();
    private long newestSlot = long.MinValue;
    private Task refresh = Task.CompletedTask;
    private volatile Shadow[] challengers = [];
    private volatile ModelRow? anchor;

    // 0 until they were counted once: nobody is shadowed before.
    private volatile int symbolCount;

    /// <summary>Done when what the newest slot asked for is looked up and loaded.</summary>
    public Task Refreshed
    {
        get
        {
            lock (gate)
                return refresh;
        }
    }

    /// <summary>The shadows of a symbol's slot that are ready to forecast.</summary>
    /// <param name="champion">The version that serves the slot.</param>
    public IReadOnlyList<Shadow> At(string symbol, long baseTs, string champion)
    {
        if (options.ShadowSymbols == 0)
            return [];
        lock (gate)
        {
            if (baseTs > newestSlot && refresh.IsCompleted)
                (newestSlot, refresh) = (baseTs, Task.Run(Refresh));
        }
        return IsShadowed(symbol) ? LineUp(champion, challengers) : [];
    }

    private List<Shadow> LineUp(string champion, Shadow[] newest)
    {
        var ready = newest.Where(m => forecaster.Holds(m.Version)).ToArray();
        List<Shadow> shadows = [.. ready];
        if (anchor is { } best && best.Version != champion && forecaster.Holds(best.Version))
            shadows.Add(new Shadow(Roles.Anchor, best.Version, best.Version));
        var hasMembers = HasMembers(champion);
        shadows.Add(new Shadow(Roles.Cond, champion, hasMembers ? ForecastParts.Of(champion, ForecastParts.Cond) : champion));
        // A bare table reads no features: what those are worth is seen on the newest model that does.
        if ((hasMembers ? champion : ready.FirstOrDefault(m => HasMembers(m.Version))?.Version) is not { } reader)
            return shadows;
        if (ForecastParts.Of(reader, ForecastParts.Ridge) is var ridge && forecaster.Holds(ridge))
            shadows.Add(new Shadow(Roles.Ridge, reader, ridge));
        shadows.Add(new Shadow(Roles.NewsBlind, reader, reader, NewsBlind: true));
        return shadows;
    }

    // A model with members has its table as a part.
    private bool HasMembers(string version) => forecaster.Holds(ForecastParts.Of(version, ForecastParts.Cond));

    // Daily losses are means over symbols: a sample of many says as much as all, at a fraction of the cost.
    private bool IsShadowed(string symbol)
    {
        var all = symbolCount;
        if (all <= options.ShadowSymbols)
            return all > 0;
        // The same symbols in every process, so that their series have no holes.
        return SymbolHash.Of(symbol) < (double)options.ShadowSymbols / all * uint.MaxValue;
    }

    private async Task Refresh()
    {
        try
        {
            symbolCount = (await symbols.List(CancellationToken.None)).Count(s => s.Active);
            var known = await models.List(ModelsLookedAt, CancellationToken.None);
            List<Shadow> newest = [];
            foreach (var model in known.DistinctBy(m => Recipe.Of(m)).Take(options.Challengers))
                if (await TryLoad(model))
                    newest.Add(new Shadow(Roles.ChallengerOf(Recipe.Of(model)), model.Version, model.Version));
            challengers = [.. newest];
            anchor = await models.FindAnchor(CancellationToken.None) is { } best && await TryLoad(best) ? best : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever fails here must not touch a tick: those that were ready go on.
            LogNotRefreshed(logger, e);
        }
    }

    private async Task<bool> TryLoad(ModelRow model)
    {
        try
        {
            await loader.Ensure(model.Version, model.Uri, model.Sha256);
            return true;
        }
        catch (Exception e) when (e is ArtefactRefusedException or ObjectStoreException)
        {
            LogNotLoaded(logger, e, model.Version);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The models that forecast beside the champion could not be looked up; those there were go on")]
    private static partial void LogNotRefreshed(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Version} could not be loaded and does not forecast beside the champion")]
    private static partial void LogNotLoaded(ILogger logger, Exception cause, string version);
}
