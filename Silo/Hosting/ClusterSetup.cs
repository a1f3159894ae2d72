using System.Net;
using System.Net.Sockets;
using Hts.Feeds;
using Hts.Postgres;
using Hts.Time;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Reminders;

namespace Hts.Hosting;

/// <summary>The silo's place in the cluster: PostgreSQL for members, grain state and reminders; the market's clock for timers and reminders.</summary>
internal static class ClusterSetup
{
    private const string Name = "hts";

    public static ISiloBuilder AddCluster(this ISiloBuilder silo, SiloParts parts)
    {
        var database = PostgresDatabase.ForOrleans(parts.Storage.ConnectionString);
        var member = parts.Member;
        silo.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = member.ClusterId;
            options.ServiceId = member.ServiceId;
        });
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresDatabase.OrleansInvariant, database));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (PostgresDatabase.OrleansInvariant, database));
        silo.AddAdoNetGrainStorage(
            Name, options => (options.Invariant, options.ConnectionString) = (PostgresDatabase.OrleansInvariant, database));
        silo.ConfigureEndpoints(IPAddress.Parse(member.Address), member.SiloPort ?? FreePort(), member.GatewayPort ?? FreePort());
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(member.ProbeSeconds);
            options.NumMissedProbesLimit = 2;
            options.NumVotesForDeathDeclaration = 1;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        ScaleClock(silo, parts.Clock);
        silo.AddStartupTask((services, cancellation) => services.GetRequiredService<ClusterStarter>().Start(
            services.GetRequiredService<IOptions<FeedOptions>>().Value.SymbolsOrDefault, cancellation));
        return silo;
    }

    // Only timers and reminders of grains follow the market; membership and messaging stay on the real clock.
    private static void ScaleClock(ISiloBuilder silo, MarketClock clock)
    {
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, clock);
        silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, clock);
        if (clock.Factor == 1)
            return;
        silo.Configure<ReminderOptions>(options =>
        {
            options.RefreshReminderListPeriod = TimeSpan.FromSeconds(30) * clock.Factor;
            options.ReminderLoadingWindow = TimeSpan.FromSeconds(60) * clock.Factor;
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
