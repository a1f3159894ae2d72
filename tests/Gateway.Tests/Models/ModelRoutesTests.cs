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
    }

    [Theory]
    [InlineData("{}", "reason")]
    [InlineData("""{"reason":" "}""", "reason")]
    [InlineData("""{"reasons":"x"}""", "reasons")]
    [InlineData("""{"reason":5}""", "reason")]
    public async Task A_promotion_needs_a_reason(string body, string field)
    {
        World.Models.Clear();
        World.Models.Add(V1);
        foreach (var path in new[] { "/api/models/v1/promote", "/api/models/rollback" })
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
        World.Runs.Add(new TrainingRunMessage("job-0", FakeWorld.Slot, "rejected", FakeWorld.Slot, FakeWorld.Slot + 5_000, 1_500, "v1", "local", "not better"));
        (await Gateway.Get("/api/training")).GetRawText().ShouldBe(
            """{"state":{"state":"idle","jobName":"","runTs":null,"reason":"nothing ran yet","nextRunAt":"2026-01-05T10:04:00Z"},"items":[{"jobName":"job-0","""
            + "\"runTs\":\"2026-01-05T10:00:00Z\",\"state\":\"rejected\",\"startedAt\":\"2026-01-05T10:00:00Z\",\"finishedAt\":\"2026-01-05T10:00:05Z\","
            + "\"rows\":1500,\"modelVersion\":\"v1\",\"backend\":\"local\",\"reason\":\"not better\"}],\"nextCursor\":null}");
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
}
