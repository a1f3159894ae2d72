using Hts.Live;
using Hts.Tests.Cluster;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hts.Tests.Live;

/// <summary>The same as <see cref="SlowClientTests"/> over real sockets: one that stops reading beside one that reads.</summary>
public sealed class SilentReaderTests(FakeCluster cluster) : GatewayTest(cluster)
{
    private const int Bars = 30_000;
    private const int Depth = 64;
    private const int PingEvery = 1_000;

    protected override (string Key, string Value)[] Settings => [("Gateway:LiveFlushMs", "1"), ("Gateway:LiveBarDepth", $"{Depth}")];

    [Fact]
    public async Task A_client_that_stops_reading_is_conflated_and_delays_nobody()
    {
        var symbol = NewSymbol();
        var clients = Gateway.Services.GetRequiredService<LiveClients>();
        await using var silent = await SilentReader.Subscribe(Gateway.Url, [symbol]);
        await silent.ReadUntil("\"symbols\":");
        await using var reading = await LiveListener.Connect(Gateway.Hub());
        await reading.Connection.InvokeAsync("Subscribe", new[] { symbol });

        // Straight into the registry, one at a time as the reader takes them: far more than all buffers of the silent one's connection hold.
        for (var i = 0; i < Bars; i++)
        {
            clients.Deliver(FakeWorld.LiveBar(symbol, FakeWorld.Bar(i * 15_000L)));
            if (i % Depth == Depth - 1)
                await reading.Next("bar");
            // It is there, only it does not read: else the hub would part with it for its silence.
            if (i % PingEvery == 0)
                await silent.Ping();
        }
        clients.Deliver(FakeWorld.LiveBar(symbol, FakeWorld.Bar(Bars * 15_000L)));
        var last = FakeWorld.Live("prediction", FakeWorld.Prediction(symbol, FakeWorld.Slot));
        clients.Deliver(last);
        (await reading.Next("prediction")).GetProperty("symbol").GetString().ShouldBe(symbol);

        // It gets what its connection had buffered, then the newest bars and everything else that was not a bar.
        var messages = await silent.ReadUntil("\"target\":\"prediction\"");
        TestContext.Current.SendDiagnosticMessage($"the silent client got {messages} of {Bars} messages");
        messages.ShouldBeLessThan(Bars);
    }
}
