using Hts.History;
using Hts.Tests.Cluster;

namespace Hts.Tests.Status;

public sealed class StatusRoutesTests(FakeCluster cluster) : GatewayTest(cluster)
{
    [Fact]
    public async Task The_status_tells_the_market_s_clock_and_the_strategies()
    {
        var status = await Gateway.Get("/api/status");
        status.GetProperty("now").GetString().ShouldBe("2026-01-05T10:03:00Z");
        status.GetProperty("nextSlotAt").GetString().ShouldBe("2026-01-05T10:10:00Z");
        status.GetProperty("strategies").EnumerateArray().Select(s => s.GetString()).ShouldBe(FakeWorld.Strategies);
        (status.GetProperty("speed").GetInt32(), status.GetProperty("barSeconds").GetInt32(), status.GetProperty("slotSeconds").GetInt32()).ShouldBe((1, 15, 600));
    }

    [Fact]
    public async Task Health_and_readiness_answer()
    {
        (await Gateway.Get("/healthz")).GetRawText().ShouldBe("""{"status":"ok"}""");
        (await Gateway.Get("/readyz")).GetRawText().ShouldBe("""{"status":"ready"}""");
    }

    [Fact]
    public async Task Events_are_paged_newest_first()
    {
        var symbol = NewSymbol();
        World.Events.Clear();
        for (var id = 1; id <= 5; id++)
            World.Events.Add(new EventMessage(id, FakeWorld.Now, "system", "info", id % 2 == 0 ? symbol : null, $"line {id}"));
        var first = await Gateway.Get("/api/events?limit=3");
        first.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetInt32()).ShouldBe([5, 4, 3]);
        var second = await Gateway.Get("/api/events?limit=3&cursor=" + first.GetProperty("nextCursor").GetString());
        second.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetInt32()).ShouldBe([2, 1]);
        second.GetProperty("nextCursor").GetString().ShouldBeNull();
        (await Gateway.Get($"/api/events?symbol={symbol}")).GetProperty("items").GetArrayLength().ShouldBe(2);
        await Gateway.Problem("/api/events?limit=all&cursor=-1", 400, "invalid-request");
    }
}
