using System.Text.Json;
using System.Text.RegularExpressions;
using Hts.Tests.Cluster;

namespace Hts.Tests.OpenApi;

public sealed partial class ApiDocumentTests(FakeCluster cluster) : GatewayTest(cluster)
{
    private static readonly string[] Routes =
    [
        "get /api/symbols", "put /api/symbols/{symbol}", "delete /api/symbols/{symbol}", "get /api/symbols/{symbol}/bars",
        "post /api/symbols/{symbol}/bars", "get /api/symbols/{symbol}/gaps", "get /api/symbols/{symbol}/quality", "get /api/symbols/{symbol}/prediction",
        "get /api/symbols/{symbol}/predictions", "post /api/symbols/{symbol}/predict", "get /api/symbols/{symbol}/scorecard",
        "get /api/scorecard", "post /api/embeddings", "get /api/symbols/{symbol}/embeddings", "get /api/models", "get /api/models/current",
        "get /api/models/{version}", "post /api/models/{version}/promote", "post /api/models/rollback", "get /api/models/history",
        "post /api/models/{version}/pin", "post /api/models/unpin", "get /api/training",
        "post /api/training/run", "get /api/events", "get /api/status", "get /healthz", "get /readyz",
    ];

    [Fact]
    public async Task Every_route_is_described_and_no_other()
    {
        var document = await Gateway.Get("/openapi/v1.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        Operations(document).Select(o => o.Name).ShouldBe(Routes, ignoreOrder: true);
        Operations(document).Select(o => o.Operation.GetProperty("operationId").GetString()).ShouldBeUnique();
        foreach (var (name, operation) in Operations(document))
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(name);
            operation.GetProperty("description").GetString().ShouldNotBeNullOrEmpty(name);
            operation.GetProperty("tags").GetArrayLength().ShouldBe(1, name);
            if (operation.TryGetProperty("parameters", out var parameters))
                foreach (var parameter in parameters.EnumerateArray())
                {
                    parameter.GetProperty("description").GetString().ShouldNotBeNullOrEmpty($"{name} {parameter}");
                    parameter.GetProperty("schema").GetProperty("type").GetString().ShouldNotBeNullOrEmpty($"{name} {parameter}");
                }
        }
    }

    [Fact]
    public async Task Every_route_says_what_it_answers_and_with_which_problems()
    {
        foreach (var (name, operation) in Operations(await Gateway.Get("/openapi/v1.json")))
        {
            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            var success = responses.Keys.Single(status => status.StartsWith('2'));
            if (success != "204")
                responses[success].GetProperty("content").GetProperty("application/json").GetProperty("schema").ValueKind.ShouldBe(JsonValueKind.Object, name);
            foreach (var (status, response) in responses.Where(r => r.Key[0] is '4' or '5'))
                response.GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue($"{name} {status}");
            if (name.Contains("/api/", StringComparison.Ordinal))
                new[] { "401", "403", "503" }.ShouldBeSubsetOf(responses.Keys, name);
            if (name.Contains('{', StringComparison.Ordinal))
                responses.Keys.ShouldContain(status => status == "404" || status == "422", name);
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_schema_says_something()
    {
        var document = await Gateway.Get("/openapi/v1.json");
        var references = References().Matches(document.GetRawText()).Select(m => m.Groups[1].Value).Distinct().ToList();
        references.Count.ShouldBeGreaterThan(10);
        foreach (var reference in references)
        {
            var place = document;
            foreach (var step in reference.Split('/'))
                place.TryGetProperty(step, out place).ShouldBeTrue(reference);
        }
        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.EnumerateObject().Select(s => s.Name).ShouldNotContain(name => name.EndsWith("View", StringComparison.Ordinal));
        var rows = document.GetProperty("paths").GetProperty("/api/symbols/{symbol}/bars").GetProperty("post").GetProperty("requestBody")
            .GetProperty("content").GetProperty("application/json").GetProperty("schema");
        rows.GetProperty("items").GetProperty("properties").EnumerateObject().Select(p => p.Name)
            .ShouldBe(["ts", "open", "high", "low", "close", "volume", "takerBuyVolume", "trades"]);
        var bar = schemas.GetProperty("Bar").GetProperty("properties");
        bar.GetProperty("ts").GetProperty("format").GetString().ShouldBe("date-time");
        schemas.GetProperty("StrategyReturns").GetProperty("additionalProperties").GetProperty("type").GetString().ShouldBe("number");
        schemas.GetProperty("BarPage").GetProperty("properties").GetProperty("items").GetProperty("type").GetString().ShouldBe("array");
    }

    [Fact]
    public async Task Routes_that_need_a_key_say_so()
    {
        var document = await Gateway.Get("/openapi/v1.json");
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        foreach (var (name, operation) in Operations(document))
        {
            var secured = operation.TryGetProperty("security", out var security);
            secured.ShouldBe(name.Contains("/api/", StringComparison.Ordinal), name);
            if (secured)
                foreach (var requirement in security.EnumerateArray())
                    schemes.TryGetProperty(requirement.EnumerateObject().Single().Name, out _).ShouldBeTrue(name);
        }
    }

    [Fact]
    public async Task The_reference_page_loads_nothing_from_elsewhere()
    {
        using var response = await Gateway.Http.GetAsync("/scalar/");
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("scalar.js");
        Loads().Matches(page).Select(m => m.Groups[1].Value).ShouldNotContain(address => address.StartsWith("http", StringComparison.Ordinal) || address.StartsWith("//", StringComparison.Ordinal));
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        using var script = await Gateway.Http.GetAsync("/scalar/scalar.js");
        script.EnsureSuccessStatusCode();
    }

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(
            path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name} {path.Name}", operation.Value)));

    [GeneratedRegex("\"\\$ref\":\\s*\"#/([^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Loads();
}
