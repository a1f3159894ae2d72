using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Names each bad key of the section, its value (never a secret) and what is allowed.</summary>
internal sealed class GatewayOptionsValidator(IConfiguration configuration) : IValidateOptions<GatewayOptions>
{
    private const int ShortestKey = 16;

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var failures = new List<string>();
        if (!BindAddress.TryParse(options.Address, out _))
            failures.Add($"Gateway:Address is '{options.Address}'; allowed are localhost, an IP address or *.");
        else
            CheckReach(options, failures);
        Range("Port", options.Port, 0, 65_535);
        Range("MaxBodyBytes", options.MaxBodyBytes, 1_024, 256 * 1024 * 1024);
        Range("MaxBarsPerPost", options.MaxBarsPerPost, 1, 100_000);
        Range("MaxBarsPerPage", options.MaxBarsPerPage, 1, 100_000);
        Range("MaxItemsPerPage", options.MaxItemsPerPage, 1, 10_000);
        Range("LatestPredictionMs", options.LatestPredictionMs, 0, 10_000);
        Range("LiveFlushMs", options.LiveFlushMs, 1, 1_000);
        Range("LiveRenewSeconds", options.LiveRenewSeconds, 1, 30);
        Range("LiveBarDepth", options.LiveBarDepth, 1, 64);
        Range("LiveInbox", options.LiveInbox, 16, 1_000_000);
        Range("LiveOutbox", options.LiveOutbox, 16, 1_000_000);
        Range("MaxLiveClients", options.MaxLiveClients, 1, 100_000);
        Range("MaxSubscriptions", options.MaxSubscriptions, 1, 100_000);
        for (var i = 0; i < options.Keys.Count; i++)
            CheckKey(options.Keys[i], $"Gateway:Keys:{i}", failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string key, int value, int least, int most)
        {
            if (value < least || value > most)
                failures.Add($"Gateway:{key} is {value}; allowed are {least} to {most}.");
        }
    }

    // Kestrel's own section adds endpoints beside ours, so it must not open a door that ours keeps shut.
    private void CheckReach(GatewayOptions options, List<string> failures)
    {
        if (options.Keys.Count > 0)
            return;
        if (!BindAddress.IsLoopback(options.Address))
            failures.Add(Refusal($"Gateway:Address is '{options.Address}'"));
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            if (endpoint["Url"] is { } url && !BindAddress.IsLoopbackUrl(url))
                failures.Add(Refusal($"Kestrel:Endpoints:{endpoint.Key}:Url is '{url}'"));
    }

    private static string Refusal(string what) =>
        $"{what}, which is not loopback, and no key is configured: set Gateway__Keys__0__Value (or __File) and Gateway__Keys__0__Admin, or listen on localhost.";

    private static void CheckKey(ApiKeyOptions key, string path, List<string> failures)
    {
        if (string.IsNullOrWhiteSpace(key.Name))
            failures.Add($"{path}:Name is empty; each key needs the name of its holder.");
        if (key.Value is null == key.File is null)
        {
            failures.Add($"{path} needs either Value or File.");
            return;
        }
        if (key.File is { } file && !File.Exists(file))
            failures.Add($"{path}:File is '{file}'; there is no such file.");
        else if (ApiKeySource.Read(key).Length < ShortestKey)
            failures.Add($"{path} holds a key of fewer than {ShortestKey} characters.");
    }
}
