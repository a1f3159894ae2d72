using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

/// <summary>The gateway as a process of its own, on the cluster of the running silo.</summary>
[Collection(DemoCollection.Name)]
public sealed class SeparateGatewayTests(TapeDemo demo)
{
    [Fact]
    public async Task It_answers_as_the_silos_own()
    {
        var port = RunningSilo.FreePort();
        var start = CommandRun.StartInfo("Gateway", ["--port", port.ToString()]);
        start.Environment["ConnectionStrings__Storage"] = demo.ConnectionString;
        using var process = Process.Start(start)!;
        // Read to the end, so that the process never waits for us.
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
            var models = await Until(http, "/api/models");
            models.GetProperty("items").GetArrayLength().ShouldBePositive();
            var symbols = await Until(http, "/api/symbols");
            symbols.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("symbol").GetString()).ShouldContain(TapeDemo.Symbol);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<JsonElement> Until(HttpClient http, string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(path, patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(250, patience.Token);
        }
    }
}
