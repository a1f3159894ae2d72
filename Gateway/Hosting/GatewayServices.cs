using System.Text.Json.Serialization;
using Hts.Access;
using Hts.Json;
using Hts.Live;
using Hts.OpenApi;
using Hts.Pages;
using Hts.Predictions;
using Hts.Problems;
using Hts.Status;
using Hts.Symbols;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Adds the gateway to a host. The host brings the way to the cluster: a silo has one of its own, a separate process its client.</summary>
public static class GatewayServices
{
    public static TBuilder AddGateway<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>(Listen);
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<ApiKeyRing>();
        services.AddSingleton<ClusterCalls>();
        services.AddSingleton<KnownSymbols>();
        services.AddSingleton<LatestPredictions>();
        services.AddSingleton<MarketTime>();
        services.AddSingleton<LiveClients>();
        services.AddSingleton<LiveInbox>();
        services.AddHostedService<LiveSender>();
        services.AddHostedService<LiveLease>();

        services.AddExceptionHandler<GatewayExceptionHandler>();
        services.AddProblemDetails(static options => options.CustomizeProblemDetails = StatusProblems.Customize);
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default);
        });
        services.AddSignalR().AddJsonProtocol(static options =>
            options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default));
        services.AddApiDocument();
        services.AddCompression();
        return builder;
    }

    private static void Listen(KestrelServerOptions kestrel, IOptions<GatewayOptions> options)
    {
        var gateway = options.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = gateway.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentUpgradedConnections = gateway.MaxLiveClients;
        BindAddress.TryParse(gateway.Address, out var address);
        if (address is null)
            kestrel.ListenLocalhost(gateway.Port);
        else
            kestrel.Listen(address, gateway.Port);
    }
}
