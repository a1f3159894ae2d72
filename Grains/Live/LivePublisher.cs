using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hts.Live;

/// <summary>
/// One per silo: passes what happens here to every gateway, in order. Watching is best effort: with a full queue the oldest message goes,
/// the gateways are told how many, and clients that need everything read it by REST.
/// </summary>
public sealed partial class LivePublisher(IGrainFactory grains, TimeProvider realTime, ILogger<LivePublisher> logger) : BackgroundService
{
    private const int QueueCapacity = 50_000;
    private static readonly TimeSpan DirectoryRefresh = TimeSpan.FromSeconds(2);

    private readonly LossyQueue queue = new(QueueCapacity);
    private readonly Dictionary<ILiveObserver, GatewayLine> lines = [];
    private DateTimeOffset refreshAt = DateTimeOffset.MinValue;

    public void Publish(LiveMessage message) => queue.Put(message);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var message in queue.Reader.ReadAllAsync(stoppingToken))
            {
                await RefreshGateways();
                var lost = queue.TakeLost();
                foreach (var line in lines.Values)
                {
                    line.Lose(lost);
                    line.Put(message);
                }
            }
        }
        finally
        {
            Keep([]);
        }
    }

    private async Task RefreshGateways()
    {
        var now = realTime.GetUtcNow();
        if (now < refreshAt)
            return;
        refreshAt = now + DirectoryRefresh;
        try
        {
            Keep(await grains.GetGrain<IGatewayDirectoryGrain>(0).List());
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogDirectoryUnreachable(logger, e.Message);
        }
    }

    private void Keep(IReadOnlyList<ILiveObserver> gateways)
    {
        foreach (var gone in lines.Keys.Except(gateways).ToArray())
        {
            lines[gone].End();
            lines.Remove(gone);
        }
        foreach (var gateway in gateways)
        {
            if (!lines.ContainsKey(gateway))
                lines.Add(gateway, new GatewayLine(gateway, QueueCapacity, logger));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory of gateways does not answer: {Cause}")]
    private static partial void LogDirectoryUnreachable(ILogger logger, string cause);
}
