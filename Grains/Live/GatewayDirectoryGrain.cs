namespace Hts.Live;

/// <summary>Keeps gateways' observers in memory only: they renew often enough to be back soon after a move.</summary>
internal sealed class GatewayDirectoryGrain(TimeProvider realTime) : Grain, IGatewayDirectoryGrain
{
    private readonly Dictionary<ILiveObserver, DateTimeOffset> leases = [];

    public Task Renew(ILiveObserver observer)
    {
        leases[observer] = realTime.GetUtcNow().AddSeconds(IGatewayDirectoryGrain.LeaseSeconds);
        return Task.CompletedTask;
    }

    public Task Leave(ILiveObserver observer)
    {
        leases.Remove(observer);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ILiveObserver>> List()
    {
        var now = realTime.GetUtcNow();
        foreach (var ended in leases.Where(l => l.Value < now).Select(l => l.Key).ToArray())
            leases.Remove(ended);
        return Task.FromResult<IReadOnlyList<ILiveObserver>>([.. leases.Keys]);
    }
}
