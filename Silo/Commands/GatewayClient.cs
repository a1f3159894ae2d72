using System.Text.Json;
using Hts.Hosting;
using Hts.Models;

namespace Hts.Commands;

/// <summary>REST of a running gateway, with the admin key of this configuration. Every failure is one line.</summary>
internal sealed class GatewayClient : IDisposable
{
    private readonly HttpClient http;

    /// <param name="url">Its address; by default the configured one.</param>
    /// <exception cref="UserErrorException">The address cannot be used.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting of the gateway cannot be used.</exception>
    public GatewayClient(IConfiguration configuration, string? url)
    {
        var options = GatewaySettings.Read(configuration);
        var address = url ?? GatewaySettings.Url(options);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw new UserErrorException($"--url is '{address}'; an http or https address is needed.");
        http = new HttpClient { BaseAddress = parsed, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Add(Movers.ViaHeader, Movers.Command);
        if (options.Keys.FirstOrDefault(key => key.Admin) is { } admin)
            http.DefaultRequestHeaders.Add("X-Api-Key", ApiKeySource.Read(admin));
    }

    public Task<JsonElement> Get(string path, CancellationToken cancellation) => Send(() => http.GetAsync(path, cancellation), cancellation);

    public Task<JsonElement> Post(string path, string reason, CancellationToken cancellation) =>
        Send(() => http.PostAsync(path, JsonContent.Create(new Dictionary<string, string> { ["reason"] = reason }), cancellation), cancellation);

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> Send(Func<Task<HttpResponseMessage>> call, CancellationToken cancellation)
    {
        try
        {
            using var response = await call();
            var content = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            return response.IsSuccessStatusCode ? content : throw new UserErrorException(Said(content) ?? $"The gateway answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            throw new UserErrorException($"No gateway answers at {http.BaseAddress}: {e.Message} Is one running? --url names another.", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new UserErrorException($"The gateway at {http.BaseAddress} did not answer within {http.Timeout.TotalSeconds} s.", e);
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"What answers at {http.BaseAddress} is no gateway.", e);
        }
    }

    private static string? Said(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
}
