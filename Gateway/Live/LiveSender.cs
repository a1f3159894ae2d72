using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Live;

/// <summary>Moves messages from the inbox to the clients' outboxes, at most once in a round's time.</summary>
internal sealed partial class LiveSender(
    LiveInbox inbox, LiveClients clients, IOptions<GatewayOptions> options, TimeProvider time, ILogger<LiveSender> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var round = TimeSpan.FromMilliseconds(options.Value.LiveFlushMs);
        var batch = new List<LiveMessage>();
        while (!stoppingToken.IsCancellationRequested)
        {
            await inbox.Queue.WaitAsync(stoppingToken);
            batch.Clear();
            var lost = inbox.Queue.Take(batch);
            foreach (var message in batch)
                clients.Deliver(message);
            if (lost > 0)
            {
                LogLost(log, lost);
                clients.DeliverLoss(lost);
            }
            await Task.Delay(round, time, stoppingToken);
        }
    }
}
