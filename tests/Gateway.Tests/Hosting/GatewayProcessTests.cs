using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hts.Tests.Hosting;

/// <summary>The gateway as a real process, without any cluster.</summary>
public sealed class GatewayProcessTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=u;Password=not-to-be-shown;Database=d";

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("*")]
    [InlineData("::")]
    public async Task On_an_open_address_without_keys_it_refuses_to_start_in_one_line(string address)
    {
        var (code, output, error) = await Finish(Start(["--address", address, "--port", "0"]));
        code.ShouldBe(1);
        error.ReplaceLineEndings("\n").ShouldBe(
            $"error: Gateway:Address is '{address}', which is not loopback, and no key is configured: "
            + "set Gateway__Keys__0__Value (or __File) and Gateway__Keys__0__Admin, or listen on localhost.\n");
        output.ShouldNotContain("Now listening");
    }

    [Fact]
    public async Task Kestrel_s_own_settings_open_no_door_either()
    {
        var (code, _, error) = await Finish(Start(["--port", "0", "--address", "127.0.0.1"], ("Kestrel__Endpoints__Other__Url", "http://0.0.0.0:0")));
        code.ShouldBe(1);
        error.ShouldContain("Kestrel:Endpoints:Other:Url is 'http://0.0.0.0:0'");
    }

    [Theory]
    [InlineData("--port", "x", "--port is 'x'")]
    [InlineData("--port", "70000", "Gateway:Port is 70000; allowed are 0 to 65535.")]
    [InlineData("--key", "secret", "Unknown option '--key'")]
    [InlineData("--address", "nowhere.example", "Gateway:Address is 'nowhere.example'")]
    public async Task A_wrong_setting_is_named_in_one_line(string option, string value, string message)
    {
        var (code, _, error) = await Finish(Start([option, value]));
        code.ShouldBe(1);
        error.ShouldContain(message);
        error.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_short_key_is_refused_and_not_shown()
    {
        var (code, output, error) = await Finish(Start([], ("Gateway__Keys__0__Name", "a"), ("Gateway__Keys__0__Value", "hush-hush")));
        code.ShouldBe(1);
        error.ShouldContain("Gateway:Keys:0");
        (output + error).ShouldNotContain("hush-hush");
    }

    [Fact]
    public async Task While_there_is_no_cluster_it_lives_but_is_not_ready()
    {
        var port = FreePort();
        using var process = Start(["--port", port.ToString()]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var output = await ReadTo(process.StandardOutput, "Waiting for the cluster");
        await Live.Barriers.Until(() => Lives(http, process), "the gateway to answer");
        using var ready = await http.GetAsync("/readyz");
        await Cluster.TestGateway.Problem(ready, 503, "cluster-unavailable");
        using var status = await http.GetAsync("/api/status");
        await Cluster.TestGateway.Problem(status, 503, "cluster-unavailable");
        process.Kill();
        await process.WaitForExitAsync();
        output += await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        output.ShouldNotContain("not-to-be-shown");
    }

    [Fact]
    public async Task Help_is_given()
    {
        var (code, output, _) = await Finish(Start(["--help"]));
        code.ShouldBe(0);
        output.ShouldContain("--port N");
    }

    /// <summary>What is written up to the line with a text.</summary>
    private static async Task<string> ReadTo(StreamReader output, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var read = "";
        while (!read.Contains(text, StringComparison.Ordinal))
            read += (await output.ReadLineAsync(patience.Token)).ShouldNotBeNull($"{text} is not in\n{read}") + "\n";
        return read;
    }

    private static async Task<bool> Lives(HttpClient http, Process process)
    {
        process.HasExited.ShouldBeFalse();
        try
        {
            return (await http.GetAsync("/healthz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Start(string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gateway.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Storage"] = Nowhere;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Error)> Finish(Process process)
    {
        using (process)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            try
            {
                await process.WaitForExitAsync(patience.Token);
                return (process.ExitCode, await output, await error);
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill();
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
