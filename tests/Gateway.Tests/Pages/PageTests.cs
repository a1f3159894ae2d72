using System.IO.Compression;
using Hts.Tests.Cluster;

namespace Hts.Tests.Pages;

public sealed class PageTests(FakeCluster cluster) : GatewayTest(cluster), IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hts-dashboard");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_dashboard_a_plain_page_says_so()
    {
        using var response = await Gateway.Http.GetAsync("/");
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await response.Content.ReadAsStringAsync()).ShouldContain("the dashboard was not built");
    }

    [Fact]
    public async Task The_dashboard_serves_its_files_and_its_page_for_every_other_path()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "<!doctype html><p>the page");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "assets"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "assets", "app-1a2b.js"), "console.log(1)");
        await using var gateway = await TestGateway.Start(Cluster, null, ("Gateway:DashboardPath", folder.FullName));

        foreach (var path in new[] { "/", "/models", "/symbols/BTCUSDT" })
        {
            using var page = await gateway.Http.GetAsync(path);
            (await page.Content.ReadAsStringAsync()).ShouldBe("<!doctype html><p>the page");
            page.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        }
        using var script = await gateway.Http.GetAsync("/assets/app-1a2b.js");
        script.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        script.Headers.CacheControl!.ToString().ShouldContain("immutable");
        await gateway.Problem("/assets/other.js", 404, "not-found");
        await gateway.Problem("/api/other", 404, "not-found");
        using var climb = await gateway.Http.GetAsync("/assets/%2e%2e/%2e%2e/etc/passwd");
        (await climb.Content.ReadAsStringAsync()).ShouldNotContain("root:");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/status")]
    [InlineData("/api/nothing")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_carries_the_headers_that_protect(string path)
    {
        using var response = await Gateway.Http.GetAsync(path);
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Lists_are_compressed(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/symbols");
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var response = await Gateway.Http.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        (await reader.ReadToEndAsync()).ShouldStartWith("{\"items\":[");
    }
}
