using System.Net.Http.Headers;
using Hts.Tests.Cluster;
using Hts.Tests.Live;

namespace Hts.Tests.Access;

public sealed class AccessTests(FakeCluster cluster) : GatewayTest(cluster)
{
    private const string Reader = "reader-key-0123456789";
    private const string Admin = "admin-key-0123456789";

    protected override (string Key, string Value)[] Settings =>
    [
        ("Gateway:Keys:0:Name", "reader"), ("Gateway:Keys:0:Value", Reader),
        ("Gateway:Keys:1:Name", "operator"), ("Gateway:Keys:1:Value", Admin), ("Gateway:Keys:1:Admin", "true"),
    ];

    [Theory]
    [InlineData("GET", "/api/status", null, 401)]
    [InlineData("GET", "/api/status", "wrong-key-0123456789", 401)]
    [InlineData("GET", "/api/status", Reader, 200)]
    [InlineData("GET", "/api/status", Admin, 200)]
    [InlineData("PUT", "/api/symbols/ACCESSUSDT", null, 401)]
    [InlineData("PUT", "/api/symbols/ACCESSUSDT", Reader, 403)]
    [InlineData("PUT", "/api/symbols/ACCESSUSDT", Admin, 200)]
    [InlineData("DELETE", "/api/symbols/ACCESS2", Reader, 403)]
    [InlineData("DELETE", "/api/symbols/ACCESS2", Admin, 404)]
    [InlineData("POST", "/api/models/v1/promote", Reader, 403)]
    [InlineData("POST", "/api/models/rollback", Reader, 403)]
    [InlineData("POST", "/api/training/run", Reader, 403)]
    [InlineData("POST", "/api/training/run", Admin, 202)]
    [InlineData("POST", "/api/symbols/ACCESS2/predict", null, 401)]
    [InlineData("POST", "/api/symbols/ACCESS2/predict", Reader, 404)]
    [InlineData("GET", "/healthz", null, 200)]
    [InlineData("GET", "/readyz", null, 200)]
    [InlineData("GET", "/openapi/v1.json", null, 200)]
    [InlineData("GET", "/", null, 200)]
    public async Task Each_route_asks_for_the_key_it_needs(string method, string path, string? key, int status)
    {
        foreach (var bearer in new[] { false, true })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (key is not null && bearer)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            else if (key is not null)
                request.Headers.Add("X-Api-Key", key);
            using var response = await Gateway.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(status);
            if (status == 401)
            {
                await TestGateway.Problem(response, 401, key is null ? "key-missing" : "key-refused");
                response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"hts\"");
            }
            else if (status == 403)
                await TestGateway.Problem(response, 403, "admin-only");
        }
    }

    [Fact]
    public async Task A_key_in_the_query_counts_for_the_hub_only()
    {
        await Gateway.Problem($"/api/status?access_token={Reader}", 401, "key-missing");
        await using var listener = await LiveListener.Connect(Gateway.Hub(o => o.AccessTokenProvider = () => Task.FromResult<string?>(Reader)));
        listener.Hello.GetProperty("stream").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_hub_is_shut_without_a_key()
    {
        var hub = Gateway.Hub();
        (await Should.ThrowAsync<HttpRequestException>(() => hub.StartAsync())).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_key_can_stand_in_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "file-key-0123456789\n");
        await using var gateway = await TestGateway.Start(Cluster, null, ("Gateway:Keys:0:Name", "f"), ("Gateway:Keys:0:File", file));
        gateway.Http.DefaultRequestHeaders.Add("X-Api-Key", "file-key-0123456789");
        (await gateway.Get("/api/status")).GetProperty("market").GetString().ShouldBe("synthetic");
        File.Delete(file);
    }
}
