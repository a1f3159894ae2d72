using Hts.Status;

namespace Hts.Tests.Cluster;

public sealed class FakeSystemGrain(FakeWorld world) : Grain, ISystemGrain
{
    public Task<SystemStatus> Status() => Task.FromResult(world.Status);
}
