using Hts.Tests.Cluster;

namespace Hts.Tests.Problems;

public sealed class ProblemTests(FakeCluster cluster) : GatewayTest(cluster)
{
    [Fact]
    public async Task A_cluster_that_does_not_answer_in_time_is_unavailable_for_now()
    {
        var symbol = NewSymbol();
        World.Faults[symbol] = () => new TimeoutException("no answer");
        foreach (var path in new[] { $"/api/symbols/{symbol}/prediction", $"/api/symbols/{symbol}/bars" })
        {
            using var response = await Gateway.Http.GetAsync(path);
            await TestGateway.Problem(response, 503, "cluster-unavailable");
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
    }

    [Fact]
    public async Task A_full_queue_is_unavailable_for_now()
    {
        var symbol = NewSymbol();
        World.Faults[symbol] = () => new QueueBusyException();
        using var response = await Gateway.Post($"/api/symbols/{symbol}/bars",
            """[{"ts":"2026-01-05T10:00:00Z","open":1,"high":1,"low":1,"close":1,"volume":0,"takerBuyVolume":0,"trades":0}]""");
        (await TestGateway.Problem(response, 503, "cluster-unavailable")).GetProperty("detail").GetString().ShouldBe("The cluster is busy.");
    }

    [Fact]
    public async Task A_call_that_was_not_run_is_made_again()
    {
        var symbol = NewSymbol();
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot);
        var failures = 2;
        World.Faults[symbol] = () =>
        {
            if (--failures == 0)
                World.Faults.TryRemove(symbol, out _);
            return new Orleans.Runtime.SiloUnavailableException("the silo is stopping");
        };
        await Gateway.Get($"/api/symbols/{symbol}/prediction");
        World.NewestCalls[symbol].ShouldBe(3);
    }

    [Fact]
    public async Task A_fault_of_ours_shows_nothing_of_its_inside()
    {
        var symbol = NewSymbol();
        World.Faults[symbol] = () => new InvalidOperationException("secret inside");
        var problem = await Gateway.Problem($"/api/symbols/{symbol}/bars", 500, "internal");
        problem.GetRawText().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404, "not-found")]
    [InlineData("GET", "/api", 404, "not-found")]
    [InlineData("POST", "/api/nothing", 404, "not-found")]
    [InlineData("GET", "/missing.js", 404, "not-found")]
    [InlineData("PATCH", "/api/symbols", 405, "method-not-allowed")]
    [InlineData("POST", "/", 404, "not-found")]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, int status, string kind)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Gateway.Http.SendAsync(request);
        await TestGateway.Problem(response, status, kind);
    }

    [GenerateSerializer]
    public sealed class QueueBusyException() : Exception("The queue of bars (10) is full.");
}
