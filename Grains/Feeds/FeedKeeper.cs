using Hts.Symbols;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hts.Feeds;

/// <summary>
/// On every silo: keeps calling the shards, so that one whose silo died lives on elsewhere within seconds. Its reminder, due within a
/// minute, is what remains should all silos have been gone.
/// </summary>
internal sealed partial class FeedKeeper(IGrainFactory grains, ISymbolStore symbols, TimeProvider realTime, ILogger<FeedKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, realTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Call(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The cluster or the database is away; the next turn tries again.
                LogNotReached(logger, e.Message);
            }
        }
    }

    private async Task Call(CancellationToken cancellation)
    {
        var active = (await symbols.List(cancellation)).Where(s => s.Active);
        await Task.WhenAll(FeedShardGrain.ShardsOf(active).Select(shard => grains.GetGrain<IFeedShardGrain>(shard).Refresh()));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The feed shards could not be reached: {Cause}")]
    private static partial void LogNotReached(ILogger logger, string cause);
}
