using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Hts.Feeds;

internal static class FeedRegistration
{
    /// <summary>
    /// Registers <see cref="IExchange"/> on the options of section Feed. Needs a <see cref="Hts.Time.MarketClock"/> and the real
    /// <see cref="TimeProvider"/> in the container; whoever starts a built-in exchange configures the two addresses afterwards.
    /// </summary>
    public static IServiceCollection AddBinanceExchange(this IServiceCollection services)
    {
        services.AddOptions<FeedOptions>().BindConfiguration(FeedOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FeedOptions>, FeedOptionsValidator>());
        services.AddOptions<FeedSessionOptions>().BindConfiguration(FeedOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(BinanceRest.ClientName).ConfigurePrimaryHttpMessageHandler(provider =>
        {
            var address = new Uri(provider.GetRequiredService<IOptions<FeedOptions>>().Value.RestUrl);
            return new SocketsHttpHandler
            {
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseProxy = !address.IsLoopback,
            };
        });
        services.TryAddSingleton<BinanceRest>();
        services.TryAddSingleton<BinanceExchange>();
        services.TryAddSingleton<IExchange>(provider => provider.GetRequiredService<BinanceExchange>());
        return services;
    }
}
