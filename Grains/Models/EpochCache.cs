using Hts.Events;
using Microsoft.Extensions.Logging;

namespace Hts.Models;

/// <summary>
/// One per silo: which epoch serves a slot, asked of the registry once a slot, with its model loaded. When registry or object storage
/// do not answer, the epoch last used goes on serving; while there is none the question fails, for no answer is not "no model".
/// </summary>
public sealed partial class EpochCache(
    IGrainFactory grains, ModelLoader loader, EventLog events, TimeProvider realTime, ILogger<EpochCache> logger)
{
    /// <summary>How long a slot's epoch is waited for while another one serves: that one can still predict the slot in time then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private long newestSlot = long.MinValue;
    private Task<EpochMessage?> newest = Task.FromResult<EpochMessage?>(null);
    private EpochMessage? serving;

    /// <summary>The epoch of a slot, ready to forecast; null when no model serves.</summary>
    public Task<EpochMessage?> At(long baseTs)
    {
        lock (gate)
        {
            if (baseTs == newestSlot && !newest.IsFaulted && !(newest.IsCompleted && IsGone))
                return newest;
            var asked = Ask(baseTs);
            if (baseTs > newestSlot)
                (newestSlot, newest) = (baseTs, asked);
            return asked;
        }
    }

    // Models that were loaded since may have taken its place in memory.
    private bool IsGone => serving is { } epoch && !loader.Holds(epoch.Version);

    private async Task<EpochMessage?> Ask(long baseTs)
    {
        var ready = Ready(baseTs);
        try
        {
            return serving = serving is null ? await ready : await ready.WaitAsync(Patience, realTime);
        }
        catch (Exception e) when (serving is not null)
        {
            ready.Ignore();
            LogKeptServing(logger, e, serving.Number);
            await events.Warning("model", null, $"{serving.Version} goes on serving: {e.Message}");
            return serving;
        }
    }

    private async Task<EpochMessage?> Ready(long baseTs)
    {
        var epoch = await grains.GetGrain<IModelRegistryGrain>(0).EpochAt(baseTs);
        if (epoch is not null)
            await loader.Ensure(epoch);
        return epoch;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Epoch {Epoch} goes on serving")]
    private static partial void LogKeptServing(ILogger logger, Exception cause, long? epoch);
}
