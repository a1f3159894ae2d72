using System.Text.Json;
using Hts.Feeds;
using Hts.History;
using Hts.Live;
using Hts.Models;
using Hts.Tests.Cluster;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hts.Tests.Live;

public sealed class LiveHubTests(FakeCluster cluster) : GatewayTest(cluster)
{
    protected override (string Key, string Value)[] Settings => [("Gateway:MaxSubscriptions", "3"), ("Gateway:LiveFlushMs", "5")];

    [Fact]
    public async Task A_client_is_greeted_with_the_stream()
    {
        await using var hub = await Connect();
        var hello = hub.Hello;
        var status = await Gateway.Get("/api/status");
        hello.GetProperty("stream").GetString().ShouldBe(status.GetProperty("stream").GetString());
        hello.GetProperty("seq").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Bars_and_predictions_come_for_subscribed_symbols_only_and_look_as_in_REST()
    {
        var (mine, other) = (NewSymbol(), NewSymbol("other"));
        await using var hub = await Connect();
        var reply = await hub.Connection.InvokeAsync<JsonElement>("Subscribe", new[] { mine });
        reply.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()).ShouldBe([mine]);

        var prediction = FakeWorld.Prediction(mine, FakeWorld.Slot, settled: true);
        World.Newest[mine] = prediction;
        await World.Publish(
            FakeWorld.LiveBar(other, FakeWorld.Bar(FakeWorld.Slot)),
            FakeWorld.LiveBar(mine, FakeWorld.Bar(FakeWorld.Slot)),
            FakeWorld.Live("prediction", prediction),
            FakeWorld.Live("settlement", prediction));

        var bar = await hub.Next("bar");
        bar.GetProperty("symbol").GetString().ShouldBe(mine);
        bar.GetProperty("data").GetRawText().ShouldBe(
            """{"ts":"2026-01-05T10:00:00Z","open":100,"high":101,"low":99,"close":100,"volume":2.5,"takerBuyVolume":1.5,"trades":7}""");
        var live = await hub.Next("prediction");
        var settled = await hub.Next("settlement");
        live.GetProperty("data").GetRawText().ShouldBe((await Gateway.Get($"/api/symbols/{mine}/prediction")).GetRawText());
        settled.GetProperty("data").GetRawText().ShouldBe(live.GetProperty("data").GetRawText());
        new[] { reply, bar, live, settled }.Select(e => e.GetProperty("seq").GetInt64()).ShouldBeInOrder();
        hub.Waiting("bar").ShouldBe(0);
    }

    [Fact]
    public async Task A_loss_on_the_way_to_the_gateway_is_told_to_everybody()
    {
        var symbol = NewSymbol();
        await using var hub = await Connect();
        await hub.Connection.InvokeAsync<JsonElement>("Subscribe", new[] { symbol });
        await World.Publish(3, FakeWorld.Live("prediction", FakeWorld.Prediction(symbol, FakeWorld.Slot)));
        await hub.Next("prediction");
        (await hub.Next("resync")).GetProperty("data").GetProperty("dropped").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Models_events_and_feeds_come_to_everybody()
    {
        await using var hub = await Connect();
        await World.Publish(
            new LiveMessage("model", null, null, null, new EpochMessage(4, "v4", FakeWorld.Slot, "file:///m", "00", "j", "t", FakeWorld.Now, "better"), null, null),
            new LiveMessage("event", "X", null, null, null, new EventMessage(9, FakeWorld.Now, "gap", "warning", "X", "a hole"), null),
            new LiveMessage("feed", "X", null, null, null, null, new FeedStatusMessage("X", "lost", 12.5, "silent")));
        (await hub.Next("model")).GetProperty("data").GetRawText().ShouldBe(
            """{"epoch":4,"version":"v4","effectiveFrom":"2026-01-05T10:00:00Z","uri":"file:///m","sha256":"00","jobName":"j","trainUri":"t","updatedAt":"2026-01-05T10:03:00Z","reason":"better","by":""}""");
        (await hub.Next("event")).GetProperty("data").GetRawText().ShouldBe(
            """{"id":9,"ts":"2026-01-05T10:03:00Z","kind":"gap","level":"warning","symbol":"X","message":"a hole"}""");
        (await hub.Next("feed")).GetProperty("data").GetRawText().ShouldBe("""{"symbol":"X","state":"lost","lagSeconds":12.5,"detail":"silent","backfill":null}""");
    }

    [Fact]
    public async Task After_unsubscribing_nothing_more_comes()
    {
        var (gone, kept) = (NewSymbol(), NewSymbol("kept"));
        await using var hub = await Connect();
        await hub.Connection.InvokeAsync("Subscribe", new[] { gone, kept });
        var left = await hub.Connection.InvokeAsync<JsonElement>("Unsubscribe", new[] { gone });
        left.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()).ShouldBe([kept]);
        await World.Publish(FakeWorld.LiveBar(gone, FakeWorld.Bar(FakeWorld.Slot)), FakeWorld.LiveBar(kept, FakeWorld.Bar(FakeWorld.Slot)));
        (await hub.Next("bar")).GetProperty("symbol").GetString().ShouldBe(kept);
        hub.Waiting("bar").ShouldBe(0);
    }

    [Fact]
    public async Task Unknown_and_too_many_symbols_are_refused_in_words()
    {
        await using var hub = await Connect();
        (await Should.ThrowAsync<HubException>(() => hub.Connection.InvokeAsync("Subscribe", new[] { "NOWHERE2" }))).Message.ShouldContain("Unknown symbol 'NOWHERE2'");
        var names = Enumerable.Range(0, 4).Select(i => NewSymbol("many" + i)).ToArray();
        (await Should.ThrowAsync<HubException>(() => hub.Connection.InvokeAsync("Subscribe", names))).Message.ShouldContain("At most 3");
        await hub.Connection.InvokeAsync("Subscribe", names[..3]);
        (await Should.ThrowAsync<HubException>(() => hub.Connection.InvokeAsync("Subscribe", names[3..]))).Message.ShouldContain("At most 3");
    }

    [Fact]
    public async Task Clients_that_left_are_forgotten()
    {
        var clients = Gateway.Services.GetRequiredService<LiveClients>();
        var hub = await Connect();
        await Barriers.Until(() => Task.FromResult(clients.Count == 1), "the client to be taken in");
        await hub.DisposeAsync();
        await Barriers.Until(() => Task.FromResult(clients.Count == 0), "the client to be forgotten");
    }

    private Task<LiveListener> Connect() => LiveListener.Connect(Gateway.Hub());
}
