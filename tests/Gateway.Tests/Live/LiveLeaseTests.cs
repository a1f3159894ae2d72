using Hts.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Live;

/// <summary>Counts who listens, so it has a cluster of its own.</summary>
public sealed class LiveLeaseTests : IAsyncLifetime
{
    private readonly FakeCluster cluster = new();

    private FakeWorld World => cluster.World;

    public ValueTask InitializeAsync() => cluster.InitializeAsync();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task The_lease_is_renewed_on_its_beat_and_given_back_at_the_end()
    {
        var time = new FakeTimeProvider();
        var before = World.Renewals;
        await using (await TestGateway.Start(cluster, services => services.AddSingleton<TimeProvider>(time)))
        {
            await Barriers.Until(() => Task.FromResult(World.Renewals == before + 1), "the first renewal");
            World.Observers.Count.ShouldBe(1);
            time.Advance(TimeSpan.FromSeconds(19));
            World.Renewals.ShouldBe(before + 1);
            await Barriers.Until(() => Advance(time, before + 2), "the renewal on the beat");
        }
        World.Observers.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_failure_the_gateway_comes_back_and_tells_its_clients_to_read_again()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await TestGateway.Start(cluster, services => services.AddSingleton<TimeProvider>(time));
        await Barriers.Registered(World);
        await using var client = await LiveListener.Connect(gateway.Hub(o => o.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets));

        World.Faults["directory"] = () => new TimeoutException("no answer");
        var before = World.Renewals;
        await Barriers.Until(() => Task.FromResult(Beat(time) && World.RefusedRenewals > 0), "a renewal to fail");
        World.Renewals.ShouldBe(before);
        World.Faults.TryRemove("directory", out _);
        await Barriers.Until(() => Advance(time, before + 1), "the gateway to come back");
        var resync = await client.Next("resync");
        resync.GetProperty("data").GetProperty("dropped").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_gateway_that_stops_during_a_renewal_leaves_all_the_same()
    {
        World.RenewalGate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = World.Renewals;
        await using (await TestGateway.Start(cluster))
        {
            await Barriers.Until(() => Task.FromResult(World.Renewals > before), "a renewal to be under way");
            World.Observers.Count.ShouldBe(1);
        }
        World.Observers.ShouldBeEmpty();
        World.RenewalGate.SetResult();
    }

    private Task<bool> Advance(FakeTimeProvider time, int renewals) => Task.FromResult(Beat(time) && World.Renewals >= renewals);

    private static bool Beat(FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return true;
    }
}
