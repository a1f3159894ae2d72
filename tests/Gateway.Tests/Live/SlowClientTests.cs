using Hts.Live;
using Hts.Tests.Cluster;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Live;

/// <summary>A client that does not read holds nobody up, and holds a bounded amount.</summary>
public sealed class SlowClientTests
{
    private readonly LiveClients clients = new(Options.Create(new Hts.Hosting.GatewayOptions { LiveBarDepth = 2, LiveOutbox = 16 }));

    [Fact]
    public async Task Bars_are_conflated_to_the_newest_and_others_do_not_wait()
    {
        var slow = new StuckProxy();
        var quick = new StuckProxy { Open = true };
        Join("slow", slow);
        Join("quick", quick);
        clients.Subscribe("slow", ["A", "B"]);
        clients.Subscribe("quick", ["A", "B"]);

        clients.Deliver(FakeWorld.LiveBar("A", FakeWorld.Bar(0)));
        await Barriers.Until(() => Task.FromResult(slow.Stuck), "the slow client to be stuck in its first send");
        for (var i = 1; i <= 1_000; i++)
        {
            clients.Deliver(FakeWorld.LiveBar("A", FakeWorld.Bar(i * 15_000L)));
            clients.Deliver(FakeWorld.LiveBar("B", FakeWorld.Bar(i * 15_000L, i)));
            // The quick one reads as fast as bars come.
            var want = 1 + (2 * i);
            await Barriers.Until(() => Task.FromResult(quick.Sent.Count == want), $"the quick client's message {want}");
        }
        slow.Release();

        await Barriers.Until(() => Task.FromResult(slow.Sent.Count == 5), "the slow client to catch up");
        slow.Bars().ShouldBe(["A 0", "A 999", "B 999", "A 1000", "B 1000"]);
        slow.Seqs().ShouldBeInOrder();
    }

    [Fact]
    public async Task A_bar_that_changes_is_sent_in_its_newest_form_only()
    {
        var slow = new StuckProxy();
        Join("slow", slow);
        clients.Subscribe("slow", ["A"]);
        clients.Deliver(FakeWorld.LiveBar("A", FakeWorld.Bar(0)));
        await Barriers.Until(() => Task.FromResult(slow.Stuck), "the slow client to be stuck");
        for (var close = 1; close <= 50; close++)
            clients.Deliver(FakeWorld.LiveBar("A", FakeWorld.Bar(15_000, close)));
        slow.Release();
        await Barriers.Until(() => Task.FromResult(slow.Sent.Count == 2), "the slow client to catch up");
        slow.Sent[1].Json.GetProperty("data").GetProperty("close").GetDouble().ShouldBe(50);
    }

    [Fact]
    public async Task Other_messages_are_bounded_and_their_loss_is_told()
    {
        var slow = new StuckProxy();
        Join("slow", slow);
        clients.Subscribe("slow", ["A"]);
        clients.Deliver(FakeWorld.LiveBar("A", FakeWorld.Bar(0)));
        await Barriers.Until(() => Task.FromResult(slow.Stuck), "the slow client to be stuck");
        for (var i = 0; i < 100; i++)
            clients.Deliver(FakeWorld.Live("prediction", FakeWorld.Prediction("A", i * 600_000L)));
        slow.Release();
        await Barriers.Until(() => Task.FromResult(slow.Sent.Count == 18), "the slow client to catch up");
        slow.Sent[1].Kind.ShouldBe("resync");
        slow.Sent[1].Json.GetProperty("data").GetProperty("dropped").GetInt32().ShouldBe(84);
        slow.Sent[2].Json.GetProperty("data").GetProperty("baseTs").GetString().ShouldBe("1970-01-01T14:00:00Z");
        slow.Sent.Skip(2).ShouldAllBe(s => s.Kind == "prediction");
    }

    [Fact]
    public void Too_many_clients_are_not_taken_in()
    {
        var few = new LiveClients(Options.Create(new Hts.Hosting.GatewayOptions { MaxLiveClients = 1 }));
        few.TryAdd("1", new StuckProxy(), out _).ShouldBeTrue();
        few.TryAdd("2", new StuckProxy(), out _).ShouldBeFalse();
        few.Remove("1");
        few.TryAdd("2", new StuckProxy(), out _).ShouldBeTrue();
    }

    private void Join(string id, IClientProxy proxy)
    {
        clients.TryAdd(id, proxy, out var client).ShouldBeTrue();
        _ = client!.Pump();
    }
}
