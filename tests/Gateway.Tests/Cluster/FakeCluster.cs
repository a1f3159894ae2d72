using Hts.Tests.Cluster;
using Hts.Tests.Live;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(FakeCluster))]

// Each gateway registers with the one fake cluster: only one test at a time may count who listens.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Hts.Tests.Cluster;

/// <summary>A one-silo cluster of fake grains in this process. The gateway is tested against the contracts alone.</summary>
public sealed class FakeCluster : IAsyncLifetime
{
    private InProcessTestCluster? cluster;

    private readonly Dictionary<Type, TestGateway> gateways = [];

    public FakeWorld World { get; } = new();

    public IClusterClient Client => cluster!.Client;

    /// <summary>What a gateway in the silo's own process calls through.</summary>
    public IGrainFactory SiloFactory => cluster!.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) => host.Services.AddSingleton(World));
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    /// <summary>The gateway of a test class, started with its first test.</summary>
    public async Task<TestGateway> GatewayOf(Type test, (string Key, string Value)[] settings)
    {
        if (gateways.TryGetValue(test, out var gateway))
            return gateway;
        var listeners = World.Observers.Count;
        gateway = gateways[test] = await TestGateway.Start(this, null, settings);
        await Barriers.Until(() => Task.FromResult(World.Observers.Count > listeners), "the gateway to register");
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in gateways.Values)
            await gateway.DisposeAsync();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }
}
