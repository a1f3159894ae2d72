using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Feeds;
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
    private readonly BarPartitions days = BarPartitions.Daily("bars");
    private readonly BatchWriter<BarWrite> bars;
    private readonly BatchWriter<LedgerRow> rows;
    private readonly BatchWriter<Settlement> settlements;
    private readonly BatchWriter<SlotRow> slots;
    private readonly BatchWriter<EmbeddingRow> embeddings;

    private PostgresStore(NpgsqlDataSource database, StrategySets sets, PostgresStoreOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        this.database = database;
        var logger = loggers.CreateLogger<PostgresStore>();
        var ids = new SymbolIds(database);
        var ends = new BarEnds(days);
        bars = new(database, new BarSink(ids, days), options, time, logger);
        rows = new(database, new LedgerSink(ids, sets), options, time, logger);
        settlements = new(database, new SettlementSink(ids, sets), options, time, logger);
        slots = new(database, new SlotSink(ids, sets), options, time, logger);
        embeddings = new(database, new EmbeddingSink(ids), options, time, logger);
        Bars = new PostgresBarStore(database, ids, days, new RolledBars(database, ends), bars, options);
        Upkeep = new StorageUpkeep(database, days, BarPartitions.Monthly("bars_1m"));
        Ledger = new PostgresLedger(database, ids, sets, rows, settlements);
        Roles = new PostgresRoleScores(database, ids, sets);
        Slots = new PostgresSlotStore(database, ids, sets, slots);
        Embeddings = new PostgresEmbeddingStore(database, ids, embeddings);
        Events = new PostgresEventStore(database);
        Models = new PostgresModelStore(database);
        ModelMoves = new PostgresModelMoveStore(database);
        TrainingRuns = new PostgresTrainingRunStore(database);
        Symbols = new PostgresSymbolStore(database, ids);
        FeedTallies = new PostgresFeedTallyStore(database, ids);
        Quality = new PostgresQualityStore(database, ids, ends);
    }

    public IBarStore Bars { get; }

    public ILedger Ledger { get; }

    public IRoleScores Roles { get; }

    public ISlotStore Slots { get; }

    public IEmbeddingStore Embeddings { get; }

    public IEventStore Events { get; }

    public IModelStore Models { get; }

    public IModelMoveStore ModelMoves { get; }

    public ITrainingRunStore TrainingRuns { get; }

    public ISymbolStore Symbols { get; }

    public IFeedTallyStore FeedTallies { get; }

    public IQualityStore Quality { get; }

    internal StorageUpkeep Upkeep { get; }

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

    /// <summary>For whoever writes history in several batches, until disposed: no day of bars is dropped meanwhile.</summary>
    public async Task<IAsyncDisposable> WriteHistory(CancellationToken cancellation) => await HistoryLock.Hold(database, cancellation);

    /// <summary>Makes sure that this process cuts time as those before it did on this database: bars of two lengths must not mix.</summary>
    /// <param name="mayBeFirst">True for who is about to write bars: where none were written before, its lengths hold from now on.</param>
    /// <exception cref="SchemaException">They differ.</exception>
    public Task RequireGrid(Grid grid, bool mayBeFirst, CancellationToken cancellation) =>
        StoredGrid.Require(database, grid, mayBeFirst, cancellation);

    /// <summary>Names of the symbols that have bars, predicted ever or not, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> SymbolsWithBars(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (from, to) in await days.Parts(connection, 0, long.MaxValue, cancellation))
        {
            await using var command = new NpgsqlCommand(
                "SELECT name FROM hts.symbols s WHERE EXISTS (SELECT 1 FROM hts.bars b WHERE b.symbol_id = s.id AND b.ts >= $1 AND b.ts < $2)",
                connection);
            command.Add(Instant.FromMs(from), Instant.FromMs(to));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                names.Add(reader.GetString(0));
        }

        return [.. names];
    }

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
