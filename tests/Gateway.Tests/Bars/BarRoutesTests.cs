using System.Text.Json;
using Hts.Markets;
using Hts.Tests.Cluster;

namespace Hts.Tests.Bars;

public sealed class BarRoutesTests(FakeCluster cluster) : GatewayTest(cluster)
{
    protected override (string Key, string Value)[] Settings => [("Gateway:MaxBarsPerPost", "100"), ("Gateway:MaxBodyBytes", "20000")];

    [Fact]
    public async Task A_bar_is_shown_with_its_open_time()
    {
        var symbol = NewSymbol();
        World.Bars[symbol] = [FakeWorld.Bar(FakeWorld.Slot)];
        var page = await Gateway.Get($"/api/symbols/{symbol}/bars");
        page.GetRawText().ShouldBe(
            """{"items":[{"ts":"2026-01-05T10:00:00Z","open":100,"high":101,"low":99,"close":100,"volume":2.5,"takerBuyVolume":1.5,"trades":7}],"nextCursor":null}""");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_loss_or_repeat()
    {
        var symbol = NewSymbol();
        World.Bars[symbol] = [.. Enumerable.Range(0, 25).Select(i => FakeWorld.Bar(FakeWorld.Slot - 600_000 + (i * 15_000L)))];
        var path = $"/api/symbols/{symbol}/bars?from=2026-01-05T09:50:00Z&to=2026-01-05T10:10:00Z&limit=10";
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Gateway.Get(cursor is null ? path : path + "&cursor=" + cursor);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("ts").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        seen.Count.ShouldBe(25);
        seen.ShouldBe(seen.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_start_the_last_intervals_come()
    {
        var symbol = NewSymbol();
        World.Bars[symbol] = [.. Enumerable.Range(0, 40).Select(i => FakeWorld.Bar(FakeWorld.Slot - 600_000 + (i * 60_000L)))];
        var page = await Gateway.Get($"/api/symbols/{symbol}/bars?interval=1m&limit=3&to=2026-01-05T10:02:30Z");
        page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("ts").GetString())
            .ShouldBe(["2026-01-05T10:00:00Z", "2026-01-05T10:01:00Z", "2026-01-05T10:02:00Z"]);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("&from=2026-01-05T11:00:00Z", 0)]
    public async Task Without_a_start_a_hole_is_no_end_of_history(string from, int expected)
    {
        var symbol = NewSymbol();
        World.Bars[symbol] = [FakeWorld.Bar(FakeWorld.Slot)];
        var page = await Gateway.Get($"/api/symbols/{symbol}/bars?limit=3&to=2026-01-05T12:00:00Z{from}");
        page.GetProperty("items").GetArrayLength().ShouldBe(expected);
    }

    [Theory]
    [InlineData("interval=7m", "interval")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01T00:00:00Z", "to")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=5001", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("from=2026-01-05T10:00:00Z&to=2026-01-05T09:00:00Z", "from")]
    public async Task A_wrong_parameter_is_named(string query, string field)
    {
        var problem = await Gateway.Problem($"/api/symbols/{NewSymbol()}/bars?{query}", 400, "invalid-request");
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
    }

    [Fact]
    public async Task All_wrong_parameters_are_named_in_one_answer()
    {
        var problem = await Gateway.Problem($"/api/symbols/{NewSymbol()}/bars?from=a&to=b&limit=c", 400, "invalid-request");
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["limit", "to", "from"], ignoreOrder: true);
    }

    [Fact]
    public async Task Posted_rows_are_judged_one_by_one()
    {
        var symbol = NewSymbol();
        using var response = await Gateway.Post($"/api/symbols/{symbol}/bars", $$"""
            [{{Row("2026-01-05T10:00:00Z")}},
             {{Row("2026-01-05T10:00:15Z", high: "1")}},
             {"ts":"2026-01-05T10:00:30Z","open":"NaN"},
             7,
             {{Row("noon")}},
             {{Row("2026-01-05T10:00:00Z")}},
             {{Row("2026-01-05T10:00:45Z", open: "1e999")}}]
            """);
        var receipt = await TestGateway.Json(response, 200);
        (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("unchanged").GetInt32(), receipt.GetProperty("rejected").GetInt32())
            .ShouldBe((1, 1, 5));
        receipt.GetProperty("rejections").EnumerateArray()
            .Select(r => $"{r.GetProperty("index")} {r.GetProperty("ts").GetString()} {r.GetProperty("rule").GetString()}").ShouldBe([
                "1 2026-01-05T10:00:15Z high 1 is below low 99.",
                "2 2026-01-05T10:00:30Z open must be a finite number.",
                "3  The row is not an object.",
                "4  ts must be a time: ISO 8601 with Z, or Unix milliseconds.",
                "6 2026-01-05T10:00:45Z open must be a finite number.",
            ]);
        var stored = World.Bars[symbol].ShouldHaveSingleItem();
        stored.ShouldBe(new BarMessage(FakeWorld.Slot, 100, 101, 99, 100, 5, 2, 3, 0, stored.KnownAt, 0));
        stored.KnownAt.ShouldBeInRange(FakeWorld.Now, FakeWorld.Now + 60_000);
    }

    [Fact]
    public async Task A_body_that_is_no_array_is_refused()
    {
        using var response = await Gateway.Post($"/api/symbols/{NewSymbol()}/bars", "{}");
        await TestGateway.Problem(response, 400, "invalid-request");
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused_with_its_place()
    {
        using var response = await Gateway.Post($"/api/symbols/{NewSymbol()}/bars", "[{\"ts\": NaN}]");
        (await TestGateway.Problem(response, 400, "invalid-request")).GetProperty("detail").GetString()!.ShouldContain("byte");
    }

    [Fact]
    public async Task Too_many_rows_are_refused()
    {
        using var response = await Gateway.Post($"/api/symbols/{NewSymbol()}/bars", "[" + string.Join(',', Enumerable.Repeat("1", 101)) + "]");
        (await TestGateway.Problem(response, 400, "invalid-request")).GetProperty("detail").GetString()!.ShouldContain("101");
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_too_large()
    {
        using var response = await Gateway.Post($"/api/symbols/{NewSymbol()}/bars", "[" + new string(' ', 20_001) + "]");
        await TestGateway.Problem(response, 413, "too-large");
    }

    [Fact]
    public async Task Another_content_type_is_unsupported()
    {
        using var response = await Gateway.Http.PostAsync($"/api/symbols/{NewSymbol()}/bars", new StringContent("[]"));
        await TestGateway.Problem(response, 415, "unsupported");
    }

    [Fact]
    public async Task Holes_are_listed_with_their_cause()
    {
        var symbol = NewSymbol();
        World.Gaps[symbol] =
        [
            new GapMessage(FakeWorld.Slot, FakeWorld.Slot + 30_000, "feed lost"),
            new GapMessage(FakeWorld.Slot + 60_000, FakeWorld.Slot + 75_000, "stalled", "repaired", FakeWorld.Slot + 90_000),
        ];
        var page = await Gateway.Get($"/api/symbols/{symbol}/gaps");
        page.GetProperty("items").GetRawText().ShouldBe(
            """[{"from":"2026-01-05T10:00:00Z","to":"2026-01-05T10:00:30Z","cause":"feed lost","state":"missing","repairedAt":null}]""");
        (await Gateway.Get($"/api/symbols/{symbol}/gaps?repaired=true")).GetProperty("items")[1].GetRawText().ShouldBe(
            """{"from":"2026-01-05T10:01:00Z","to":"2026-01-05T10:01:15Z","cause":"stalled","state":"repaired","repairedAt":"2026-01-05T10:01:30Z"}""");
        var problem = await Gateway.Problem($"/api/symbols/{symbol}/gaps?repaired=maybe", 400, "invalid-request");
        problem.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("repaired");
        (await Gateway.Get($"/api/symbols/{symbol}/gaps?to=2026-01-05T10:00:00Z")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static string Row(string ts, string open = "100", string high = "101") =>
        $$"""{"ts":{{JsonSerializer.Serialize(ts)}},"open":{{open}},"high":{{high}},"low":99,"close":100,"volume":5,"takerBuyVolume":2,"trades":3}""";
}
