using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hts.Live;

/// <summary>
/// One per silo: passes what happens here to every gateway, in batches. Watching is best effort: with a full queue the oldest
/// message goes, and clients that need everything read it by REST.
/// </summary>
public sealed partial class LivePublisher(IGrainFactory grains, TimeProvider realTime, ILogger<LivePublisher> logger) : BackgroundService
{
    private const int QueueCapacity = 50_000;
    private const int BatchSize = 1_000;
    private static readonly TimeSpan DirectoryRefresh = TimeSpan.FromSeconds(2);

    private readonly Channel<LiveMessage> queue = Channel.CreateBounded<LiveMessage>(
        new BoundedChannelOptions(QueueCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private IReadOnlyList<ILiveObserver> gateways = [];
    private DateTimeOffset refreshAt = DateTimeOffset.MinValue;

    public void Publish(LiveMessage message) => queue.Writer.TryWrite(message);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<LiveMessage>(BatchSize);
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < BatchSize && queue.Reader.TryRead(out var message))
                batch.Add(message);
            await RefreshGateways();
            var sent = batch.ToArray();
            foreach (var gateway in gateways)
                await Send(gateway, sent);
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
            gateways = await grains.GetGrain<IGatewayDirectoryGrain>(0).List();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogDirectoryUnreachable(logger, e.Message);
        }
    }

    private async Task Send(ILiveObserver gateway, LiveMessage[] messages)
    {
        try
        {
            await gateway.Receive(messages);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The gateway is gone; its lease ends by itself.
            LogGatewayUnreachable(logger, e.Message);
        }
    }
}
