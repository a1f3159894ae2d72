using Hts.Audits;
using Hts.Events;
using Hts.Feeds;
using Hts.Models;
using Hts.Predictions;
using Hts.Symbols;
using Hts.Time;
using Hts.Training;

namespace Hts.Hosting;

/// <summary>Wakes the grains that keep the system going. Safe to repeat and to run on every silo.</summary>
public sealed class ClusterStarter(IGrainFactory grains, ISymbolStore symbols, EventLog events, MarketClock clock)
{
    private const int AtOnce = 64;

    /// <param name="firstSymbols">Symbols to begin with when none was ever added.</param>
    public async Task Start(IReadOnlyList<string> firstSymbols, CancellationToken cancellation)
    {
        var known = await symbols.List(cancellation);
        if (known.Count == 0)
        {
            foreach (var symbol in firstSymbols)
                await symbols.Add(symbol, clock.NowMs, FeedShardGrain.SymbolsPerShard, cancellation);
            known = await symbols.List(cancellation);
        }
        await events.Info("system", null, $"A silo started with {known.Count(s => s.Active)} active symbols.");
        await grains.GetGrain<IModelRegistryGrain>(0).Start();
        await grains.GetGrain<ITrainingGrain>(0).Start();
        await grains.GetGrain<IFeatureAuditGrain>(0).Start();
        // Slots that passed while nothing ran are explained before anything new comes in.
        foreach (var some in known.Where(s => s.Active && s.FirstSlot is not null).Chunk(AtOnce))
            await Task.WhenAll(some.Select(s => grains.GetGrain<IStrategyPredictorGrain>(s.Name).Start()));
        var shards = FeedShardGrain.ShardsOf(known.Where(s => s.Active));
        await Task.WhenAll(shards.Select(shard => grains.GetGrain<IFeedShardGrain>(shard).Refresh()));
    }
}
