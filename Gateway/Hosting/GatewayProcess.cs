using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>The gateway as a process of its own.</summary>
internal static class GatewayProcess
{
    /// <returns>Exit code: 0 after a clean stop, 1 after one line that says what was wrong.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            var arguments = GatewayArguments.Parse(args);
            if (arguments.Help)
            {
                Console.WriteLine(GatewayArguments.Usage);
                return 0;
            }
            await using var app = Build(arguments);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OptionsValidationException or IOException)
        {
            var text = e is OptionsValidationException invalid ? invalid.Failures.First() : e.Message;
            await Console.Error.WriteLineAsync("error: " + text.ReplaceLineEndings(" "));
            return 1;
        }
    }

    private static WebApplication Build(GatewayArguments arguments)
    {
        // The command line is not handed on: what can be set there must hold no secret.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (arguments.Port is { } port)
            builder.Configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Port)}"] = port.ToString();
        if (arguments.Address is { } address)
            builder.Configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Address)}"] = address;
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        // The client waits until there is a cluster; health must be answered meanwhile.
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.AddGateway();
        builder.AddClusterClient();
        return builder.Build().MapGateway();
    }
}
