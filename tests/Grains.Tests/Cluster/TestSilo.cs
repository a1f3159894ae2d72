using System.Collections.Concurrent;
using Hts.Bars;
using Hts.Events;
using Hts.Features;
using Hts.Feeds;
using Hts.Forecasts;
using Hts.Hosting;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Objects;
using Hts.Postgres;
using Hts.Predictions;
using Hts.Slots;
using Hts.Status;
using Hts.Time;
using Hts.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Orleans.Reminders;
using Orleans.TestingHost;

namespace Hts.Tests.Cluster;

/// <summary>
/// One silo on real PostgreSQL with the market's clock in the test's hand. What goes out of the process (exchange, training, models)
/// is scripted; the stores are real, with faults where a test plans them.
/// </summary>
public class TestSilo(Databases databases) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private PostgresStore? store;
    private string? connection;
    private readonly ConcurrentDictionary<GrainId, bool> left = new();
    private InProcessTestCluster? cluster;

    protected virtual short Silos => 1;

    /// <summary>Whether a silo that dies is to be found out soon and its feeds to be taken over.</summary>
    protected virtual bool Mortal => false;

    /// <summary>Symbols that shadows predict; none, so that faults are met by the champion's calls alone.</summary>
    protected virtual int ShadowSymbols => 0;

    /// <summary>Whether features are checked each night.</summary>
    protected virtual bool Audited => false;

    internal FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(Worlds.Start));

    internal MarketClock Clock { get; private set; } = null!;

    internal PostgresStore Store => store!;

    internal FaultyBars Bars { get; private set; } = null!;

    internal FaultySlots Slots { get; private set; } = null!;

    internal FaultyLedger Ledger { get; private set; } = null!;

    internal FaultyEvents Events { get; private set; } = null!;

    internal FaultyModels Models { get; private set; } = null!;

    internal FaultyMoves Moves { get; private set; } = null!;

    internal FaultyRuns Runs { get; private set; } = null!;

    /// <summary>The object storage: this cluster's own, or another's.</summary>
    internal FaultyObjects Objects { get; init; } = new();

    internal LinearForecaster Forecaster { get; } = new();

    /// <summary>What runs models; by default the one that a test can repeat.</summary>
    protected virtual IForecaster ServingForecaster => Forecaster;

    internal ScriptedTraining Training { get; } = new();

    internal ScriptedExchange Exchange { get; } = new();

    internal IGrainFactory Grains => cluster!.Client;

    internal T Service<T>()
        where T : notnull => cluster!.Silos[0].ServiceProvider.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        Clock = new MarketClock(Time);
        connection = await databases.New();
        store = await Databases.Open(connection);
        Bars = new(store.Bars);
        Slots = new(store.Slots);
        Ledger = new(store.Ledger);
        Events = new(store.Events);
        Models = new(store.Models);
        Moves = new(store.ModelMoves);
        Runs = new(store.TrainingRuns);
        var orleans = PostgresDatabase.ForOrleans(connection);
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Logging.SetMinimumLevel(LogLevel.Error);
            AddWorld(host.Services);
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddAdoNetGrainStorage("hts", o => (o.Invariant, o.ConnectionString) = (PostgresDatabase.OrleansInvariant, orleans));
            silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (PostgresDatabase.OrleansInvariant, orleans));
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = Patience);
            silo.Configure<ClusterMembershipOptions>(o =>
            {
                if (!Mortal)
                    return;
                (o.ProbeTimeout, o.NumMissedProbesLimit, o.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(2), 8, 1);
                o.TableRefreshTimeout = o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            });
            silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, Clock);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, Clock);
            silo.AddOutgoingGrainCallFilter(call => call.MethodName == nameof(IRemindable.ReceiveReminder) && left.ContainsKey(call.TargetId)
                ? Task.FromException(new InvalidOperationException("Its test is over."))
                : call.Invoke());
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = Patience));
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    /// <summary>Ends a grain's activation; the next call makes a new one, from what is durable.</summary>
    internal static async Task Restart(IAddressable grain) => await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();

    /// <summary>Ends a grain's activation and waits until it is gone, its timers with it.</summary>
    internal async Task End(IAddressable grain)
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await Restart(grain);
            // The directory can go on naming an activation that is gone; the next message to it clears that up.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            while (!limit.IsCancellationRequested)
            {
                if (await management.GetActivationAddress(grain) is null)
                    return;
                await Task.Delay(5);
            }
        }
        Assert.Fail($"{grain} does not end.");
    }

    /// <summary>The silo of a grain's activation dies without a farewell.</summary>
    internal async Task KillSiloOf(IAddressable grain)
    {
        var address = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        await cluster!.KillSiloAsync(cluster.Silos.Single(s => s.SiloAddress.Equals(address)));
    }

    /// <summary>What the cluster remembers of its models' moves is gone, as with a new database.</summary>
    internal async Task ForgetMoves()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(connection!);
        await using var command = database.CreateCommand("TRUNCATE hts.model_moves; TRUNCATE hts.model_intent");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sets the market's time.</summary>
    internal void GoTo(long ts) => Time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(ts));

    internal static Task Remind(IAddressable grain, string name) => grain.Cast<IRemindable>().ReceiveReminder(name, default);

    /// <summary>From now on no reminder wakes the grain.</summary>
    internal void Leave(IAddressable grain) => left[grain.GetGrainId()] = true;

    /// <summary>Reminders of a grain.</summary>
    internal async Task<int> Reminders(IAddressable grain) =>
        (await Service<IReminderTable>().ReadRows(grain.GetGrainId())).Reminders.Count;

    internal IMarketGrain Market(string symbol) => Grains.GetGrain<IMarketGrain>(symbol);

    /// <summary>Puts an artefact into object storage and the model into the catalogue.</summary>
    internal async Task<ModelRow> AddModel(string version, string content)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var key = new ObjectLayout().Model(version);
        await Objects.Put(key, bytes, PutCondition.None, CancellationToken.None);
        var row = new ModelRow(
            version, "cond", "candidate", null, null, Objects.UriOf(key).ToString(),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), "job-" + version, "file:///train", Clock.NowMs,
            "", [.. Worlds.Strategies.Names.Select(_ => 0.0)], "{}", "{}");
        await Store.Models.Write(row, CancellationToken.None);
        return row;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (cluster is not null)
            await cluster.DisposeAsync();
        if (store is not null)
            await store.DisposeAsync();
        Objects.Dispose();
    }

    private void AddWorld(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Clock);
        services.AddSingleton(new MarketName("synthetic"));
        services.AddPostgresStore(Store);
        services.AddSingleton<IBarStore>(Bars);
        services.AddSingleton<ISlotStore>(Slots);
        services.AddSingleton<ILedger>(Ledger);
        services.AddSingleton<IEventStore>(Events);
        services.AddSingleton<IModelStore>(Models);
        services.AddSingleton<IModelMoveStore>(Moves);
        services.AddSingleton<ITrainingRunStore>(Runs);
        services.AddSingleton<IObjectStore>(Objects);
        services.AddSingleton(new ObjectLayout());
        services.AddSingleton(ServingForecaster);
        services.AddSingleton<IArtefactCache, NoArtefactCache>();
        services.AddSingleton<IDataSetPreparer>(Training);
        services.AddSingleton<ITrainingBackend>(Training);
        services.AddSingleton<IExchange>(Exchange);
        services.AddGrainServices(Worlds.Grid, Worlds.Strategies);
        // It runs on the real clock and would start feeds for symbols that a test only stores.
        if (!Mortal)
            services.Remove(services.Single(s => s.ImplementationType == typeof(FeedKeeper)));
        services.Configure<FeatureOptions>(o => o.Leader = "LEAD");
        services.Configure<Hts.Audits.FeatureAuditOptions>(o => o.Enabled = Audited);
        // Tests of a class share a model over many days.
        services.Configure<PredictionOptions>(o => (o.ShadowSymbols, o.MaxModelAgeHours) = (ShadowSymbols, 87_600));
        services.Configure<FeedSessionOptions>(o => (o.BackfillDays, o.ReconnectMs, o.StatusSeconds) = (0, 10, 1));
    }
}
