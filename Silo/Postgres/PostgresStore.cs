using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Ledgers;
using Hts.Models;
using Hts.Slots;
using Hts.Symbols;
using Hts.Training;
using Npgsql;

namespace Hts.Postgres;

/// <summary>Everything durable in one PostgreSQL database: one per process. Disposing waits for queued rows.</summary>
public sealed class PostgresStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource database;
    private readonly BatchWriter<BarWrite> bars;
    private readonly BatchWriter<LedgerRow> rows;
    private readonly BatchWriter<Settlement> settlements;
    private readonly BatchWriter<SlotRow> slots;
    private readonly BatchWriter<EmbeddingRow> embeddings;
    private readonly PostgresBarStore barStore;

    private PostgresStore(NpgsqlDataSource database, StrategySets sets, PostgresStoreOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        this.database = database;
        var logger = loggers.CreateLogger<PostgresStore>();
        var ids = new SymbolIds(database);
        var partitions = new BarPartitions();
        bars = new(database, new BarSink(ids, partitions), options, time, logger);
        rows = new(database, new LedgerSink(ids, sets), options, time, logger);
        settlements = new(database, new SettlementSink(ids, sets), options, time, logger);
        slots = new(database, new SlotSink(ids, sets), options, time, logger);
        embeddings = new(database, new EmbeddingSink(ids), options, time, logger);
        Bars = barStore = new PostgresBarStore(database, ids, partitions, bars, options);
        Ledger = new PostgresLedger(database, ids, sets, rows, settlements);
        Slots = new PostgresSlotStore(database, ids, sets, slots);
        Embeddings = new PostgresEmbeddingStore(database, ids, embeddings);
        Events = new PostgresEventStore(database);
        Models = new PostgresModelStore(database);
        TrainingRuns = new PostgresTrainingRunStore(database);
        Symbols = new PostgresSymbolStore(database, ids);
    }

    public IBarStore Bars { get; }

    public ILedger Ledger { get; }

    public ISlotStore Slots { get; }

    public IEmbeddingStore Embeddings { get; }

    public IEventStore Events { get; }

    public IModelStore Models { get; }

    public ITrainingRunStore TrainingRuns { get; }

    public ISymbolStore Symbols { get; }

    /// <summary>Looks for what must never be; see <see cref="AuditQueries"/>.</summary>
    public AuditQueries Audit(Grid grid, TimeSpan settleGrace) => AuditQueries.Create(database, grid, settleGrace);

    /// <summary>Brings the schema up to date, makes the views for these strategies and starts the writers.</summary>
    /// <param name="connectionString">Any PostgreSQL 14 or newer whose user may create schemas in the database.</param>
    /// <param name="strategies">Names in the order of the strategy set; they name columns of the views.</param>
    /// <param name="time">The system's clock, not the market's: it times pauses between tries.</param>
    /// <exception cref="SchemaException">The schema does not fit this program.</exception>
    public static async Task<PostgresStore> Open(
        string connectionString, IReadOnlyList<string> strategies, PostgresStoreOptions options, TimeProvider time, ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        options.Validate();
        var database = PostgresDatabase.Connect(connectionString);
        try
        {
            await Migrations.Apply(database, loggers.CreateLogger(typeof(Migrations).FullName!), cancellation);
            var sets = await StrategySets.Open(database, strategies, cancellation);
            await StrategyViews.Make(database, strategies, cancellation);
            return new PostgresStore(database, sets, options, time, loggers);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops whole days of bars that ended at or before an instant, Unix ms; returns how many days.</summary>
    public Task<int> DropBarsBefore(long ts, CancellationToken cancellation) => barStore.DropBefore(ts, cancellation);

    /// <summary>Throws when the database does not answer: for readiness.</summary>
    public async Task Ping(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        // Side by side, so that a database that is away costs one waiting time, not five.
        await Task.WhenAll(
            bars.DisposeAsync().AsTask(), rows.DisposeAsync().AsTask(), settlements.DisposeAsync().AsTask(), slots.DisposeAsync().AsTask(),
            embeddings.DisposeAsync().AsTask());
        await database.DisposeAsync();
    }
}
