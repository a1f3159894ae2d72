using System.Text.Json;
using Hts.Markets;
using Hts.Tests.Cluster;

namespace Hts.Tests.Embeddings;

public sealed class EmbeddingRoutesTests(FakeCluster cluster) : GatewayTest(cluster)
{
    [Fact]
    public async Task An_embedding_is_stored_and_listed()
    {
        var symbol = NewSymbol();
        World.Embeddings.Clear();
        World.EmbeddingRefusal = null;
        using var response = await Gateway.Post("/api/embeddings", Body(symbol, knownAt: "2026-01-05T09:59:00Z"));
        (await TestGateway.Json(response, 200)).GetRawText().ShouldBe($$"""{"symbol":"{{symbol}}","baseTs":"2026-01-05T10:00:00Z","model":"test-1"}""");
        World.Embeddings.TryPeek(out var stored).ShouldBeTrue();
        (stored!.BaseTs, stored.A!.Length, stored.B, stored.KnownAt).ShouldBe((FakeWorld.Slot, 256, null, FakeWorld.Slot - 60_000));

        var list = await Gateway.Get($"/api/symbols/{symbol}/embeddings?limit=5");
        list.GetProperty("items")[0].GetRawText().ShouldBe(
            $$"""{"symbol":"{{symbol}}","baseTs":"2026-01-05T10:00:00Z","textA":"a","textB":null,"hasA":true,"hasB":false,"model":"test-1","knownAt":"2026-01-05T09:59:00Z","receivedAt":"2026-01-05T10:03:00Z","backfilled":true}""");
    }

    [Fact]
    public async Task Stored_embeddings_are_paged_to_the_oldest()
    {
        var symbol = NewSymbol();
        World.Embeddings.Clear();
        foreach (var i in Enumerable.Range(0, 3))
            World.Embeddings.Enqueue(new EmbeddingMessage(FakeWorld.Slot - (i * 600_000L), $"text {i}", null, null, null, "test-1", null));
        (await Gateway.Pages($"/api/symbols/{symbol}/embeddings?limit=2", "textA")).ShouldBe(["text 0", "text 1", "text 2"]);
        await Gateway.Problem($"/api/symbols/{symbol}/embeddings?cursor=x", 400, "invalid-request");
        World.Embeddings.Clear();
    }

    [Fact]
    public async Task What_the_market_refuses_is_said()
    {
        World.EmbeddingRefusal = "known_at lies after base_ts.";
        using var response = await Gateway.Post("/api/embeddings", Body(NewSymbol()));
        (await TestGateway.Problem(response, 422, "refused")).GetProperty("detail").GetString().ShouldBe("known_at lies after base_ts.");
        World.EmbeddingRefusal = null;
    }

    [Fact]
    public async Task Every_broken_rule_is_named()
    {
        using var response = await Gateway.Post("/api/embeddings", """{"symbol":"x","baseTs":"2026-01-05T10:00:01Z","embeddingA":[1,2],"textB":"a\u0000b"}""");
        var problem = await TestGateway.Problem(response, 400, "invalid-request");
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["symbol", "baseTs", "model", "embeddingA", "textB"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"baseTs":"soon"}""", "baseTs")]
    [InlineData("""{"embeddingA":["x"]}""", "embeddingA[0]")]
    [InlineData("""{"embeddingC":[1]}""", "embeddingC")]
    public async Task A_field_that_cannot_be_read_is_named(string body, string field)
    {
        using var response = await Gateway.Post("/api/embeddings", body);
        var problem = await TestGateway.Problem(response, 400, "invalid-request");
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
    }

    [Fact]
    public async Task A_value_beyond_the_range_of_a_float_is_refused()
    {
        using var response = await Gateway.Post("/api/embeddings", Body(NewSymbol(), first: "1e39"));
        var problem = await TestGateway.Problem(response, 400, "invalid-request");
        problem.GetProperty("errors").GetProperty("embeddingA")[0].GetString()!.ShouldContain("not a finite number");
    }

    [Fact]
    public async Task An_unknown_symbol_is_not_found()
    {
        using var response = await Gateway.Post("/api/embeddings", Body("NOWHERE3"));
        await TestGateway.Problem(response, 404, "unknown-symbol");
        World.Activated.ContainsKey("NOWHERE3").ShouldBeFalse();
    }

    private static string Body(string symbol, string first = "0.5", string? knownAt = null) =>
        $$"""{"symbol":"{{symbol}}","baseTs":"2026-01-05T10:00:00Z","textA":"a","embeddingA":[{{first}},{{string.Join(',', Enumerable.Repeat("0", 255))}}],"model":"test-1","knownAt":{{JsonSerializer.Serialize(knownAt)}}}""";
}
