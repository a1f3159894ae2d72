using Hts.Live;

namespace Hts.Tests.Cluster;

public sealed class FakeGatewayDirectoryGrain(FakeWorld world) : Grain, IGatewayDirectoryGrain
{
    public Task Renew(ILiveObserver observer)
    {
        if (world.Faults.ContainsKey("directory"))
            Interlocked.Increment(ref world.RefusedRenewals);
        world.Fail("directory");
        world.Observers.TryAdd(observer, true);
        Interlocked.Increment(ref world.Renewals);
        return Task.CompletedTask;
    }

    public Task Leave(ILiveObserver observer)
    {
        world.Observers.TryRemove(observer, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ILiveObserver>> List() => Task.FromResult<IReadOnlyList<ILiveObserver>>([.. world.Observers.Keys]);
}
