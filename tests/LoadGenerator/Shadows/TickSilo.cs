using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Hts.Bars;
using Hts.Features;
using Hts.Feeds;
using Hts.Forecasts;
using Hts.Hosting;
using Hts.Inference;
using Hts.Ledgers;
using Hts.Models;
using Hts.Objects;
using Hts.Postgres;
using Hts.Predictions;
using Hts.Status;
using Hts.Strategies;
using Hts.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Hts.Load.Shadows;

/// <summary>A silo on a database and a folder of its own: everything that a tick goes through is the product's, only the clock is set by hand.</summary>
internal sealed class TickSilo : IAsyncDisposable
{
    private readonly PostgresLease lease;
    private readonly IHost host;

    private TickSilo(PostgresLease lease, PostgresStore store, TimedLedger ledger, SetClock time, IHost host)
    {
        (this.lease, Store, Ledger, Time, this.host) = (lease, store, ledger, time, host);
    }

    public PostgresStore Store { get; }

    public TimedLedger Ledger { get; }

    public SetClock Time { get; }

    public IGrainFactory Grains => Service<IGrainFactory>();

    public static async Task<TickSilo> Start(string folder, long startMs, CancellationToken cancellation)
    {
        var lease = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { DataDir = folder }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance, cancellation);
        var strategies = StrategySet.Default();
        var store = await PostgresStore.Open(
            lease.ConnectionString, strategies.Names, new PostgresStoreOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellation);
        var ledger = new TimedLedger(store.Ledger);
        var time = new SetClock(startMs);
        var clock = new MarketClock(time);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(clock);
        services.AddSingleton(new MarketName("synthetic"));
        services.AddPostgresStore(store);
        services.AddSingleton<ILedger>(ledger);
        services.AddSingleton<IObjectStore>(new FolderObjectStore(Path.Combine(folder, "objects"), TimeProvider.System, TimeSpan.FromSeconds(5)));
        services.AddSingleton(new ObjectLayout());
        services.AddSingleton<IArtefactCache>(new FolderArtefactCache(new DataFolder(folder), TimeProvider.System, NullLogger<FolderArtefactCache>.Instance));
        services.AddSingleton<IForecaster>(new InferenceEngine(new InferenceOptions(), null, NullLogger<InferenceEngine>.Instance));
        services.AddGrainServices(Grid.Default, strategies);
        services.Configure<FeatureOptions>(options => options.Leader = "S0");
        // Bars come from the run itself.
        services.Remove(services.Single(s => s.ImplementationType == typeof(FeedKeeper)));
        builder.UseOrleans(silo => AddCluster(silo, PostgresDatabase.ForOrleans(lease.ConnectionString), clock));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new TickSilo(lease, store, ledger, time, host);
    }

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Symbols that shadows predict, from now on.</summary>
    public int ShadowSymbols
    {
        set => Service<IOptions<PredictionOptions>>().Value.ShadowSymbols = value;
    }

    public async Task AddModel(string version, string kind, byte[] artefact, CancellationToken cancellation)
    {
        var objects = Service<IObjectStore>();
        var key = new ObjectLayout().Model(version);
        await objects.Put(key, artefact, PutCondition.None, cancellation);
        await Store.Models.Write(
            new ModelRow(
                version, kind, "candidate", null, null, objects.UriOf(key).ToString(), Convert.ToHexStringLower(SHA256.HashData(artefact)),
                "job-" + version, "file:///train", Time.GetUtcNow().ToUnixTimeMilliseconds(), "", new double[6], "{}", "{}"),
            cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await Store.DisposeAsync();
        await lease.DisposeAsync();
    }

    private static void AddCluster(ISiloBuilder silo, string database, MarketClock clock)
    {
        silo.UseLocalhostClustering(FreePort(), FreePort());
        silo.AddAdoNetGrainStorage("hts", options => (options.Invariant, options.ConnectionString) = (PostgresDatabase.OrleansInvariant, database));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (PostgresDatabase.OrleansInvariant, database));
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(2));
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, clock);
        silo.Services.AddKeyedSingleton<TimeProvider>(Orleans.Reminders.ReminderTimeProviderNames.Reminders, clock);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
