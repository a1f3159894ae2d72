using Hts.Feeds;
using Hts.Tests.Cluster;

namespace Hts.Tests.Symbols;

public sealed class SymbolRoutesTests(FakeCluster cluster) : GatewayTest(cluster)
{
    [Fact]
    public async Task Symbols_are_listed_with_their_state()
    {
        var symbol = NewSymbol();
        var list = await Gateway.Get("/api/symbols");
        list.GetProperty("nextCursor").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var item = list.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("symbol").GetString() == symbol);
        item.GetRawText().ShouldBe(
            $$"""{"symbol":"{{symbol}}","state":"live","addedAt":"2026-01-05T09:46:20Z","firstSlot":"2026-01-05T10:00:00Z","stoppedAt":null"""
            + ""","lagSeconds":0.5,"lastBarTs":"2026-01-05T10:02:45Z","lastClose":101.5,"detail":"","backfill":null}""");
    }

    [Fact]
    public async Task A_symbol_whose_history_is_fetched_says_how_far_it_is()
    {
        var symbol = NewSymbol();
        World.Symbols[symbol] = World.Symbols[symbol] with
        {
            State = "loading",
            Detail = "fetching history",
            Backfill = new BackfillProgress(FakeWorld.Slot - 4_000, FakeWorld.Slot, FakeWorld.Slot - 1_000),
        };
        var item = (await Gateway.Get("/api/symbols")).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("symbol").GetString() == symbol);
        item.GetProperty("detail").GetString().ShouldBe("fetching history");
        item.GetProperty("backfill").GetRawText()
            .ShouldBe("""{"from":"2026-01-05T09:59:56Z","to":"2026-01-05T10:00:00Z","at":"2026-01-05T09:59:59Z","share":0.75}""");
    }

    [Theory]
    [InlineData("NEWUSDT")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ_01234")]
    public async Task A_symbol_can_be_added_and_stopped(string name)
    {
        using var added = await Gateway.Http.PutAsync($"/api/symbols/{name}", null);
        (await TestGateway.Json(added, 200)).GetProperty("symbol").GetString().ShouldBe(name);
        using var stopped = await Gateway.Http.DeleteAsync($"/api/symbols/{name}");
        ((int)stopped.StatusCode).ShouldBe(204);
        World.Symbols[name].State.ShouldBe("stopped");
    }

    [Theory]
    [InlineData("btcusdt")]
    [InlineData("A")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ_012345")]
    [InlineData("A%20B")]
    [InlineData("A-B")]
    public async Task A_name_that_no_symbol_can_have_is_not_added(string name)
    {
        using var response = await Gateway.Http.PutAsync($"/api/symbols/{name}", null);
        var problem = await TestGateway.Problem(response, 400, "invalid-request");
        problem.GetProperty("errors").GetProperty("symbol")[0].GetString()!.ShouldContain("A-Z");
    }

    [Fact]
    public async Task What_the_directory_refuses_is_said()
    {
        using var response = await Gateway.Http.PutAsync("/api/symbols/NOSUCH", null);
        (await TestGateway.Problem(response, 422, "refused")).GetProperty("detail").GetString().ShouldBe("The exchange does not trade NOSUCH.");
    }

    [Fact]
    public async Task Stopping_an_unknown_symbol_is_not_found()
    {
        using var response = await Gateway.Http.DeleteAsync("/api/symbols/NOWHERE");
        await TestGateway.Problem(response, 404, "unknown-symbol");
    }

    [Theory]
    [InlineData("/api/symbols/UNKNOWN1/bars")]
    [InlineData("/api/symbols/UNKNOWN1/gaps")]
    [InlineData("/api/symbols/UNKNOWN1/quality")]
    [InlineData("/api/symbols/UNKNOWN1/prediction")]
    [InlineData("/api/symbols/UNKNOWN1/predictions")]
    [InlineData("/api/symbols/UNKNOWN1/scorecard")]
    [InlineData("/api/symbols/UNKNOWN1/embeddings")]
    [InlineData("/api/symbols/garb%27age/prediction")]
    [InlineData("/api/events?symbol=UNKNOWN1")]
    public async Task An_unknown_symbol_is_not_found_and_wakes_no_grain_of_its_name(string path)
    {
        await Gateway.Problem(path, 404, "unknown-symbol");
        World.Activated.ContainsKey("UNKNOWN1").ShouldBeFalse();
        World.Activated.ContainsKey("garb'age").ShouldBeFalse();
        World.Activated.ContainsKey("find:garb'age").ShouldBeFalse();
    }
}
