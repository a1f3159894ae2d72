using Hts.Tests.Cluster;
using Hts.Tests.Live;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hts.Tests.Hosting;

/// <summary>In a silo's process the gateway calls through the silo, not through a client.</summary>
public sealed class CoHostingTests : IAsyncLifetime
{
    private readonly FakeCluster cluster = new();

    public ValueTask InitializeAsync() => cluster.InitializeAsync();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_gateway_in_the_silo_s_process_serves_and_hears_live_messages()
    {
        cluster.World.AddSymbol("BTCUSDT");
        cluster.World.Newest["BTCUSDT"] = FakeWorld.Prediction("BTCUSDT", FakeWorld.Slot);
        await using var gateway = await TestGateway.Start(cluster, services => services.AddSingleton(cluster.SiloFactory));
        (await gateway.Get("/api/symbols/BTCUSDT/prediction")).GetProperty("pick").GetString().ShouldBe("long_hold");

        await Barriers.Registered(cluster.World);
        await using var hub = await LiveListener.Connect(gateway.Hub());
        await hub.Connection.InvokeAsync("Subscribe", new[] { "BTCUSDT" });
        await cluster.World.Publish(FakeWorld.LiveBar("BTCUSDT", FakeWorld.Bar(FakeWorld.Slot)));
        (await hub.Next("bar")).GetProperty("symbol").GetString().ShouldBe("BTCUSDT");
    }
}
