using Hts.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(Hts.Tests.Postgres.PostgresFixture))]

namespace Hts.Tests.Postgres;

/// <summary>One server for the assembly, started by the first test that asks; each test class gets a fresh copy of a migrated database.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresLease>> server;
    private readonly TempFolder folder = new();
    private int databases;

    public PostgresFixture() => server = new(Begin);

    public static IReadOnlyList<string> Strategies { get; } = ["trend", "mean_revert", "breakout", "scalper", "long_hold", "short_hold"];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Connection string of an empty database of one's own; migrated unless asked otherwise.</summary>
    public async Task<string> NewDatabase(bool migrated = true)
    {
        var lease = await server.Value;
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await Execute(At(lease.ConnectionString, "postgres"), $"CREATE DATABASE {name} TEMPLATE {(migrated ? "ready" : "template0")}");
        return At(lease.ConnectionString, name);
    }

    public static async Task<PostgresStore> Open(string connectionString, PostgresStoreOptions? options = null, IReadOnlyList<string>? strategies = null) =>
        await PostgresStore.Open(
            connectionString, strategies ?? Strategies, options ?? new PostgresStoreOptions(), TimeProvider.System, NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken);

    public static async Task Execute(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> Scalar<T>(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
            await (await server.Value).DisposeAsync();
        folder.Dispose();
    }

    private async Task<PostgresLease> Begin()
    {
        var lease = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { DataDir = folder.Path, MaxConnections = 300 }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance, default);
        var ready = At(lease.ConnectionString, "ready");
        // It holds locks at moments of its own.
        await Execute(At(lease.ConnectionString, "postgres"), "ALTER SYSTEM SET autovacuum = off");
        await Execute(At(lease.ConnectionString, "postgres"), "SELECT pg_reload_conf()");
        await Execute(At(lease.ConnectionString, "postgres"), "CREATE DATABASE ready TEMPLATE template0");
        // Not pooled: a template must have no sessions.
        await (await PostgresStore.Open(ready, Strategies, new PostgresStoreOptions(), TimeProvider.System, NullLoggerFactory.Instance, default)).DisposeAsync();
        return lease;
    }

    private static string At(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, MaxPoolSize = 20 }.ConnectionString;
}
