using Hts.Events;
using Microsoft.Extensions.Logging;

namespace Hts.Models;

/// <summary>
/// One per silo: which epoch serves a slot, asked of the registry once a slot, with its model loaded. When registry or object storage
/// do not answer, the epoch last used goes on serving; while there is none the question fails, for no answer is not "no model".
/// </summary>
public sealed partial class EpochCache(IGrainFactory grains, ModelLoader loader, EventLog events, ILogger<EpochCache> logger)
{
    private readonly Lock gate = new();
    private long newestSlot = long.MinValue;
    private Task<EpochMessage?> newest = Task.FromResult<EpochMessage?>(null);
    private EpochMessage? serving;

    /// <summary>The epoch of a slot, ready to forecast; null when no model serves.</summary>
    public Task<EpochMessage?> At(long baseTs)
    {
        lock (gate)
        {
            if (baseTs == newestSlot && !newest.IsFaulted)
                return newest;
            var asked = Ask(baseTs);
            if (baseTs > newestSlot)
                (newestSlot, newest) = (baseTs, asked);
            return asked;
        }
    }

    private async Task<EpochMessage?> Ask(long baseTs)
    {
        try
        {
            var epoch = await grains.GetGrain<IModelRegistryGrain>(0).EpochAt(baseTs);
            if (epoch is not null)
                await loader.Ensure(epoch);
            return serving = epoch;
        }
        catch (Exception e) when (serving is not null)
        {
            LogKeptServing(logger, e, serving.Number);
            await events.Warning("model", null, $"{serving.Version} goes on serving: {e.Message}");
            return serving;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Epoch {Epoch} goes on serving")]
    private static partial void LogKeptServing(ILogger logger, Exception cause, long? epoch);
}
