using System.Text.Json;
using Hts.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Hts.Tests.Cluster;

/// <summary>A real gateway on a free port of loopback, before the fake cluster.</summary>
public sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestGateway(WebApplication app)
    {
        this.app = app;
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<TestGateway> Start(
        FakeCluster cluster, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Address"] = "127.0.0.1",
            ["Gateway:Port"] = "0",
            ["Gateway:DashboardPath"] = "no-such-folder",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        services?.Invoke(builder.Services);
        builder.Services.TryAddSingleton<IGrainFactory>(cluster.Client);
        builder.AddGateway();
        var app = builder.Build().MapGateway();
        await app.StartAsync();
        return new TestGateway(app);
    }

    public async Task<JsonElement> Get(string path)
    {
        using var response = await Http.GetAsync(path);
        return await Json(response, 200);
    }

    /// <summary>A text of each item of a list, page by page until there is no cursor.</summary>
    /// <param name="path">With a query of its own.</param>
    public async Task<IReadOnlyList<string?>> Pages(string path, string field)
    {
        var found = new List<string?>();
        for (var cursor = ""; ;)
        {
            var page = await Get($"{path}&cursor={Uri.EscapeDataString(cursor)}");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).GetString()));
            if (page.GetProperty("nextCursor").GetString() is not { } next)
                return found;
            next.ShouldNotBe(cursor);
            cursor = next;
        }
    }

    public async Task<JsonElement> Problem(string path, int status, string kind) => await Problem(await Http.GetAsync(path), status, kind);

    public static async Task<JsonElement> Problem(HttpResponseMessage response, int status, string kind)
    {
        var body = await Json(response, status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        body.GetProperty("type").GetString().ShouldBe("urn:hts:problem:" + kind);
        body.GetProperty("status").GetInt32().ShouldBe(status);
        body.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        body.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return body;
    }

    public static async Task<JsonElement> Json(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return JsonElement.Parse(text);
    }

    public Task<HttpResponseMessage> Post(string path, string json) =>
        Http.PostAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public HubConnection Hub(Action<Microsoft.AspNetCore.Http.Connections.Client.HttpConnectionOptions>? configure = null) =>
        new HubConnectionBuilder().WithUrl(new Uri(Url, "/hubs/live"), configure ?? (static _ => { })).Build();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
