using Hts.Tests.Cluster;

namespace Hts.Tests.Access;

/// <summary>Without keys a browser on this machine could be used against us; foreign pages are kept out.</summary>
public sealed class OriginTests(FakeCluster cluster) : GatewayTest(cluster)
{
    [Theory]
    [InlineData("POST", "/api/training/run", "https://evil.example", 403)]
    [InlineData("POST", "/api/training/run", "null", 403)]
    [InlineData("POST", "/hubs/live/negotiate?negotiateVersion=1", "https://evil.example", 403)]
    [InlineData("POST", "/api/training/run", "http://localhost:5173", 202)]
    [InlineData("POST", "/api/training/run", null, 202)]
    [InlineData("GET", "/api/status", "https://evil.example", 200)]
    public async Task Only_pages_of_loopback_may_change_something(string method, string path, string? origin, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var response = await Gateway.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_foreign_name_that_points_here_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status") { Headers = { Host = "rebound.example:80" } };
        using var response = await Gateway.Http.SendAsync(request);
        await TestGateway.Problem(response, 403, "foreign-origin");
    }
}
