using Hts.Live;
using Orleans.Concurrency;

namespace Hts.Tests.Cluster;

/// <summary>Reentrant, so that a renewal that a test holds open holds up nothing else.</summary>
[Reentrant]
public sealed class FakeGatewayDirectoryGrain(FakeWorld world) : Grain, IGatewayDirectoryGrain
{
    public async Task Renew(ILiveObserver observer)
    {
        if (world.Faults.ContainsKey("directory"))
            Interlocked.Increment(ref world.RefusedRenewals);
        world.Fail("directory");
        world.Observers.TryAdd(observer, true);
        Interlocked.Increment(ref world.Renewals);
        if (world.RenewalGate is { } gate)
            await gate.Task;
    }

    public Task Leave(ILiveObserver observer)
    {
        world.Observers.TryRemove(observer, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ILiveObserver>> List() => Task.FromResult<IReadOnlyList<ILiveObserver>>([.. world.Observers.Keys]);
}
