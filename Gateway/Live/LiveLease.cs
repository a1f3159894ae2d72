using Hts.Hosting;
using Hts.Problems;
using Microsoft.Extensions.Options;

namespace Hts.Live;

/// <summary>
/// Keeps this gateway in the cluster's list of listeners. The cluster holds an observer only for a lease and forgets it with the silo that
/// kept the list, so the place is renewed on a beat, and at once when a renewal fails.
/// </summary>
internal sealed partial class LiveLease(
    IGrainFactory grains, LiveInbox inbox, LiveClients clients, IOptions<GatewayOptions> options, TimeProvider time, ILogger<LiveLease> log)
    : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var beat = TimeSpan.FromSeconds(options.Value.LiveRenewSeconds);
        ILiveObserver? reference = null;
        bool? held = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                reference ??= grains.CreateObjectReference<ILiveObserver>(inbox);
                await Directory.Renew(reference).WaitAsync(stoppingToken);
                if (held is false)
                    Regained();
                held = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The renewal may have been taken all the same: leave.
            }
            catch (Exception e)
            {
                // A fault of any kind ends in the same way: say it once, and try until the cluster is there.
                if (held is not false)
                    LogLost(log, e.GetType().Name, e.Message);
                held = false;
            }
            await Task.Delay(held is true ? beat : Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (reference is not null)
            await Leave(reference);
    }

    private IGatewayDirectoryGrain Directory => grains.GetGrain<IGatewayDirectoryGrain>(0);

    private void Regained()
    {
        LogRegained(log);
        clients.DeliverLoss(0);
    }

    private async Task Leave(ILiveObserver reference)
    {
        try
        {
            await Directory.Leave(reference).WaitAsync(Farewell, time);
        }
        catch (Exception e) when (ClusterFaults.Describe(e) is not null || e is ObjectDisposedException or InvalidOperationException)
        {
            // The cluster went first; the lease runs out by itself.
            LogNoFarewell(log, e.Message);
        }
    }
}
