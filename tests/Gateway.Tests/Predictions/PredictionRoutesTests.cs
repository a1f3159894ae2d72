using System.Text.Json;
using Hts.Tests.Cluster;

namespace Hts.Tests.Predictions;

public sealed class PredictionRoutesTests(FakeCluster cluster) : GatewayTest(cluster)
{
    [Fact]
    public async Task The_newest_prediction_names_each_strategy()
    {
        var symbol = NewSymbol();
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot);
        using var response = await Gateway.Http.GetAsync($"/api/symbols/{symbol}/prediction");
        var body = await TestGateway.Json(response, 200);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        body.GetProperty("predicted").GetRawText().ShouldBe(
            """{"trend":0.01,"mean_revert":-0.02,"breakout":0.03,"scalper":-0.04,"long_hold":0.05,"short_hold":-0.25}""");
        body.EnumerateObject().Select(p => p.Name).ShouldBe([
            "symbol", "baseTs", "targetTs", "role", "modelVersion", "epoch", "predicted", "lower", "upper", "pick", "reason", "featuresHash",
            "createdAt", "outcome", "settledAt", "settleReason"]);
        body.GetProperty("createdAt").GetString().ShouldBe("2026-01-05T10:00:01.234Z");
        body.GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_symbol_without_prediction_says_so() =>
        await Gateway.Problem($"/api/symbols/{NewSymbol()}/prediction", 404, "no-prediction");

    [Fact]
    public async Task History_carries_outcomes_and_pages_do_not_cut_a_slot_of_several_roles()
    {
        var symbol = NewSymbol();
        World.Predictions[symbol] = [.. Enumerable.Range(0, 4).SelectMany(i => new[] { "champion", "shadow-a", "shadow-b" }
            .Select(role => FakeWorld.Prediction(symbol, FakeWorld.Slot - (i * 600_000L), role, settled: i > 0)))];
        foreach (var limit in new[] { 1, 2, 4, 5, 12 })
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var page = await Gateway.Get($"/api/symbols/{symbol}/predictions?limit={limit}&cursor={cursor}");
                page.GetProperty("items").GetArrayLength().ShouldBeLessThanOrEqualTo(limit);
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("baseTs").GetString() + i.GetProperty("role").GetString()));
                cursor = page.GetProperty("nextCursor").GetString();
            }
            while (cursor is not null);
            seen.Count.ShouldBe(12);
            seen.Distinct().Count().ShouldBe(12);
        }
        var settled = await Gateway.Get($"/api/symbols/{symbol}/predictions?role=champion&to=2026-01-05T10:00:00Z");
        settled.GetProperty("items").GetArrayLength().ShouldBe(3);
        settled.GetProperty("items")[0].GetProperty("outcome").GetProperty("short_hold").GetDouble().ShouldBe(-0.7);
    }

    [Theory]
    [InlineData("cursor=12", "cursor")]
    [InlineData("cursor=a.b", "cursor")]
    [InlineData("role=", "role")]
    [InlineData("from=20", "from")]
    public async Task A_wrong_parameter_is_named(string query, string field)
    {
        var problem = await Gateway.Problem($"/api/symbols/{NewSymbol()}/predictions?{query}", 400, "invalid-request");
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
    }

    [Fact]
    public async Task A_prediction_can_be_asked_for()
    {
        var symbol = NewSymbol();
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot);
        using var response = await Gateway.Post($"/api/symbols/{symbol}/predict", "");
        (await TestGateway.Json(response, 200)).GetProperty("pick").GetString().ShouldBe("long_hold");
    }

    [Fact]
    public async Task A_symbol_that_is_not_predicted_says_why()
    {
        var symbol = NewSymbol();
        var known = World.Symbols[symbol];
        (await WhyNot(symbol, known)).ShouldEndWith("is not predicted yet: the running slot waits for its bars. Ask again.");
        (await WhyNot(symbol, known with { FirstSlot = FakeWorld.Slot + 6_000_000 })).ShouldEndWith("is not predicted yet: its first slot begins at 2026-01-05T11:40:00Z.");
        (await WhyNot(symbol, known with { FirstSlot = null })).ShouldEndWith("is not predicted yet: its history is being fetched.");
        (await WhyNot(symbol, known with { StoppedAt = FakeWorld.Slot })).ShouldEndWith("is not predicted: it is stopped.");
    }

    private async Task<string> WhyNot(string symbol, Hts.Symbols.SymbolMessage known)
    {
        World.Symbols[symbol] = known;
        using var response = await Gateway.Post($"/api/symbols/{symbol}/predict", "");
        return (await TestGateway.Problem(response, 409, "not-predicted")).GetProperty("detail").GetString()!;
    }

    [Fact]
    public async Task An_explained_slot_has_a_reason_and_no_numbers()
    {
        var symbol = NewSymbol();
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot) with { Predicted = null, Lower = null, Upper = null, Pick = null, Reason = "gap" };
        var body = await Gateway.Get($"/api/symbols/{symbol}/prediction");
        body.GetProperty("predicted").ValueKind.ShouldBe(JsonValueKind.Null);
        body.GetProperty("reason").GetString().ShouldBe("gap");
    }

    [Fact]
    public async Task Scorecards_are_read_for_a_symbol_and_pooled()
    {
        var symbol = NewSymbol();
        var own = await Gateway.Get($"/api/symbols/{symbol}/scorecard?from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z");
        own.GetRawText().ShouldBe(
            $$"""{"symbol":"{{symbol}}","from":"2026-01-05T00:00:00Z","to":"2026-01-06T00:00:00Z","predicted":10,"explained":2,"settled":9,"picks":4"""
            + ""","pickReturn":0.0125,"strategies":[{"strategy":"trend","count":9,"mse":0.5,"meanMse":0.6,"ic":null,"coverage":0.9,"grossIc":0.02,"grossIcLow":-0.01,"grossIcHigh":0.05,"netR2":0.1,"netR2VsCond":0.01}]"""
            + ""","policies":[{"policy":"model","slots":9,"meanReturn":0.001,"regret":0.01}]"""
            + ""","coverages":[{"strategy":"trend","standing":true,"count":9,"coverage":0.9}],"roles":[{"role":"zero","slots":9,"loss":0.5,"champion":0.4}]"""
            + ""","direction":"shown","grossIc":0.03,"grossIcLow":0.01,"grossIcHigh":0.05,"grossIcDays":3,"netR2":0.2,"netR2VsCond":null"""
            + ""","drift":[{"watched":"errors","day":"2026-01-05T00:00:00Z","days":60,"strangeness":1.5,"pValue":0.25,"channel":"trend","alarm":false}]}""");
        (await Gateway.Get("/api/scorecard")).GetProperty("symbol").ValueKind.ShouldBe(JsonValueKind.Null);
        await Gateway.Problem("/api/scorecard?from=x", 400, "invalid-request");
    }

    [Theory]
    [InlineData("from=10000")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-04-03T00:00:00.001Z")]
    public async Task A_scorecard_of_more_than_92_days_is_refused(string query)
    {
        foreach (var path in new[] { "/api/scorecard", $"/api/symbols/{NewSymbol()}/scorecard" })
        {
            var problem = await Gateway.Problem($"{path}?{query}", 400, "invalid-request");
            problem.GetProperty("errors").GetProperty("from")[0].GetString().ShouldBe("must be at most 92 days before to.");
        }
        (await Gateway.Get("/api/scorecard?from=2026-01-01T00:00:00Z&to=2026-04-03T00:00:00Z")).GetProperty("settled").GetInt32().ShouldBe(9);
    }
}
