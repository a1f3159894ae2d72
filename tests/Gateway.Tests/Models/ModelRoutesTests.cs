using System.Text.Json;
using Hts.Models;
using Hts.Tests.Cluster;
using Hts.Training;

namespace Hts.Tests.Models;

public sealed class ModelRoutesTests(FakeCluster cluster) : GatewayTest(cluster)
{
    private static readonly ModelMessage V1 = new(
        "v1", "cond", "champion", 3, FakeWorld.Slot, "file:///m", "00ff", "job", "file:///t", FakeWorld.Now, "first", """{"huber":0.4}""", "");

    [Fact]
    public async Task Models_are_listed_with_metrics_as_JSON()
    {
        World.Models.Clear();
        World.Models.Add(V1);
        World.Models.Add(V1 with { Version = "v0", MetricsJson = "not json" });
        var items = (await Gateway.Get("/api/models")).GetProperty("items");
        items[0].GetRawText().ShouldBe(
            """{"version":"v1","kind":"cond","state":"champion","epoch":3,"effectiveFrom":"2026-01-05T10:00:00Z","uri":"file:///m","sha256":"00ff","""
            + "\"jobName\":\"job\",\"trainUri\":\"file:///t\",\"createdAt\":\"2026-01-05T10:03:00Z\",\"reason\":\"first\",\"metrics\":{\"huber\":0.4},\"decision\":null}");
        items[1].GetProperty("metrics").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Gateway.Get("/api/models?limit=1")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Gateway.Get("/api/models/v0")).GetProperty("version").GetString().ShouldBe("v0");
    }

    [Fact]
    public async Task Models_are_paged_to_the_last_one_those_of_one_instant_too()
    {
        World.Models.Clear();
        foreach (var i in Enumerable.Range(0, 5))
            World.Models.Add(V1 with { Version = $"v{9 - i}", CreatedAt = FakeWorld.Now - (i / 3) });
        foreach (var limit in new[] { 1, 2, 5 })
            (await Gateway.Pages($"/api/models?limit={limit}", "version")).ShouldBe(["v9", "v8", "v7", "v6", "v5"], $"limit {limit}");
        await Gateway.Problem("/api/models?cursor=12", 400, "invalid-request");
        await Gateway.Problem("/api/models?cursor=x.v9", 400, "invalid-request");
    }

    [Fact]
    public async Task Runs_are_paged_to_the_first_one()
    {
        World.Runs.Clear();
        foreach (var i in Enumerable.Range(0, 3))
            World.Runs.Add(new TrainingRunMessage($"job-{9 - i}", FakeWorld.Slot, "skipped", FakeWorld.Slot, null, null, null, "local", "", null, null, null, null, null));
        (await Gateway.Pages("/api/training?limit=2", "jobName")).ShouldBe(["job-9", "job-8", "job-7"]);
        await Gateway.Problem("/api/training?cursor=.x", 400, "invalid-request");
    }

    [Fact]
    public async Task The_serving_model_comes_with_its_epoch()
    {
        World.Epoch = null;
        await Gateway.Problem("/api/models/current", 404, "no-model");
        World.Models.Clear();
        World.Epoch = new EpochMessage(3, "v1", FakeWorld.Slot, "file:///m", "00ff", "job", "file:///t", FakeWorld.Now, "first");
        (await Gateway.Get("/api/models/current")).GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);
        World.Models.Add(V1);
        var current = await Gateway.Get("/api/models/current");
        current.GetProperty("epoch").GetProperty("epoch").GetInt64().ShouldBe(3);
        current.GetProperty("model").GetProperty("kind").GetString().ShouldBe("cond");
    }

    [Fact]
    public async Task A_stored_model_can_be_promoted()
    {
        World.Models.Clear();
        World.Models.Add(V1);
        World.PromotionRefusal = null;
        using var promoted = await Gateway.Post("/api/models/v1/promote", """{"reason":"looks good"}""");
        var epoch = await TestGateway.Json(promoted, 200);
        (epoch.GetProperty("epoch").GetInt64(), epoch.GetProperty("reason").GetString()).ShouldBe((8, "looks good"));
        using var back = await Gateway.Post("/api/models/rollback", """{"reason":"worse"}""");
        (await TestGateway.Json(back, 200)).GetProperty("version").GetString().ShouldBe("v0");
    }

    [Fact]
    public async Task What_the_registry_refuses_is_a_conflict()
    {
        World.Models.Clear();
        World.Models.Add(V1);
        World.PromotionRefusal = "Its weights are not finite.";
        using var promoted = await Gateway.Post("/api/models/v1/promote", """{"reason":"x"}""");
        (await TestGateway.Problem(promoted, 409, "promotion-refused")).GetProperty("detail").GetString().ShouldBe("Its weights are not finite.");
        using var back = await Gateway.Post("/api/models/rollback", """{"reason":"x"}""");
        await TestGateway.Problem(back, 409, "promotion-refused");
        World.PromotionRefusal = null;
    }

    [Fact]
    public async Task An_unknown_model_is_not_found()
    {
        await Gateway.Problem("/api/models/nothing", 404, "unknown-model");
        using var promoted = await Gateway.Post("/api/models/nothing/promote", """{"reason":"x"}""");
        await TestGateway.Problem(promoted, 404, "unknown-model");
        using var pinned = await Gateway.Post("/api/models/nothing/pin", """{"reason":"x"}""");
        await TestGateway.Problem(pinned, 404, "unknown-model");
    }

    [Fact]
    public async Task A_pin_is_shown_with_who_and_why_until_it_is_taken_away()
    {
        World.Models.Clear();
        World.Models.Add(V1);
        World.Epoch = new EpochMessage(3, "v1", FakeWorld.Slot, "file:///m", "00ff", "job", "file:///t", FakeWorld.Now, "first", "ops");
        (await Gateway.Get("/api/models/current")).GetProperty("pin").ValueKind.ShouldBe(JsonValueKind.Null);
        using var pinned = await Gateway.Post("/api/models/v1/pin", """{"reason":"while we look"}""");
        (await TestGateway.Json(pinned, 200)).GetProperty("by").GetString().ShouldBe("rest");
        var current = await Gateway.Get("/api/models/current");
        current.GetProperty("pin").GetRawText().ShouldBe("""{"version":"v1","by":"rest","reason":"while we look","at":"2026-01-05T10:03:00Z"}""");
        current.GetProperty("epoch").GetProperty("by").GetString().ShouldBe("ops");
        using var freed = await Gateway.Post("/api/models/unpin", """{"reason":"done"}""");
        await TestGateway.Json(freed, 200);
        World.Pin.ShouldBeNull();
    }

    [Fact]
    public async Task A_pointer_that_is_not_followed_is_told_beside_the_serving_model()
    {
        World.Epoch = new EpochMessage(3, "v1", FakeWorld.Slot, "file:///m", "00ff", "job", "file:///t", FakeWorld.Now, "first");
        World.PointerProblem = "model/latest.json is gone";
        (await Gateway.Get("/api/models/current")).GetProperty("pointerProblem").GetString().ShouldBe("model/latest.json is gone");
        World.PointerProblem = null;
    }

    [Fact]
    public async Task The_history_is_paged_newest_first()
    {
        World.Moves.Clear();
        World.Moves.AddRange(
        [
            new ModelMoveMessage(1, FakeWorld.Slot, "promote", "v1", 3, FakeWorld.Slot + 600_000, "training", "better"),
            new ModelMoveMessage(2, FakeWorld.Now, "refuse", null, null, null, "another writer", "no artefact"),
        ]);
        var first = await Gateway.Get("/api/models/history?limit=1");
        first.GetProperty("items")[0].GetRawText().ShouldBe(
            """{"id":2,"at":"2026-01-05T10:03:00Z","action":"refuse","version":null,"epoch":null,"effectiveFrom":null,"by":"another writer","reason":"no artefact"}""");
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await Gateway.Get($"/api/models/history?limit=1&cursor={cursor}");
        second.GetProperty("items")[0].GetRawText().ShouldBe(
            """{"id":1,"at":"2026-01-05T10:00:00Z","action":"promote","version":"v1","epoch":3,"effectiveFrom":"2026-01-05T10:10:00Z","by":"training","reason":"better"}""");
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        await Gateway.Problem("/api/models/history?cursor=x&limit=0", 400, "invalid-request");
    }

    [Theory]
    [InlineData(null, null, "rest")]
    [InlineData("command", null, "command")]
    [InlineData("command", "ops", "command (ops)")]
    [InlineData("a browser", "ops", "ops")]
    public void Who_moves_is_the_holder_of_the_key_and_how_the_call_came(string? via, string? holder, string who)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers[Movers.ViaHeader] = via;
        if (holder is not null)
            context.Features.Set(new Hts.Access.ApiKey(holder, true, []));
        Mover.Of(context).ShouldBe(who);
    }

    [Theory]
    [InlineData("{}", "reason")]
    [InlineData("""{"reason":" "}""", "reason")]
    [InlineData("""{"reason":"a\u0000"}""", "reason")]
    [InlineData("""{"reasons":"x"}""", "reasons")]
    [InlineData("""{"reason":5}""", "reason")]
    public async Task A_promotion_needs_a_reason(string body, string field)
    {
        World.Models.Clear();
        World.Models.Add(V1);
        foreach (var path in new[] { "/api/models/v1/promote", "/api/models/rollback", "/api/models/v1/pin", "/api/models/unpin" })
        {
            using var response = await Gateway.Post(path, body);
            var problem = await TestGateway.Problem(response, 400, "invalid-request");
            problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
        }
    }

    [Fact]
    public async Task Training_shows_its_state_and_runs()
    {
        World.Training = new TrainingStateMessage("idle", "", 0, "nothing ran yet", FakeWorld.Now + 60_000);
        World.Runs.Clear();
        World.Runs.Add(new TrainingRunMessage("job-0", FakeWorld.Slot, "rejected", FakeWorld.Slot, FakeWorld.Slot + 5_000, 1_500, "v1", "sagemaker", "not better", """{"promote":false}""", "ml.m5.xlarge", 70, 64, 0.25));
        (await Gateway.Get("/api/training")).GetRawText().ShouldBe(
            """{"state":{"state":"idle","jobName":"","runTs":null,"reason":"nothing ran yet","nextRunAt":"2026-01-05T10:04:00Z","retryAt":null},"items":[{"jobName":"job-0","""
            + "\"runTs\":\"2026-01-05T10:00:00Z\",\"state\":\"rejected\",\"startedAt\":\"2026-01-05T10:00:00Z\",\"finishedAt\":\"2026-01-05T10:00:05Z\","
            + "\"rows\":1500,\"modelVersion\":\"v1\",\"backend\":\"sagemaker\",\"reason\":\"not better\",\"decision\":{\"promote\":false},"
            + "\"place\":\"ml.m5.xlarge\",\"estimatedSeconds\":70,\"billableSeconds\":64,\"cost\":0.25}],\"nextCursor\":null}");
        await Gateway.Problem("/api/training?limit=-1", 400, "invalid-request");
    }

    [Theory]
    [InlineData("""{"reason":"new data"}""", "new data")]
    [InlineData("{}", "asked for by REST")]
    [InlineData("", "asked for by REST")]
    public async Task A_run_can_be_started(string body, string reason)
    {
        using var response = await Gateway.Post("/api/training/run", body);
        var state = await TestGateway.Json(response, 202);
        (state.GetProperty("state").GetString(), state.GetProperty("reason").GetString()).ShouldBe(("preparing", reason));
    }

    [Fact]
    public async Task A_run_for_a_reason_that_cannot_be_kept_is_refused()
    {
        using var response = await Gateway.Post("/api/training/run", """{"reason":"a\u0000"}""");
        await TestGateway.Problem(response, 400, "invalid-request");
    }
}
