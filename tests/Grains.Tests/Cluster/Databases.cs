using Hts.Postgres;
using Hts.Tests.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(Databases))]

namespace Hts.Tests.Cluster;

/// <summary>One PostgreSQL server for the assembly; each cluster gets an empty, migrated database of its own.</summary>
public sealed class Databases : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private PostgresLease? lease;
    private int count;

    public async ValueTask InitializeAsync()
    {
        lease = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { DataDir = folder.Path, MaxConnections = 200 }, TimeProvider.System,
            NullLogger<EmbeddedPostgres>.Instance, CancellationToken.None);
        await Execute("CREATE DATABASE ready TEMPLATE template0");
        // A template must have no sessions: the store is closed before it is copied.
        await (await Open(At("ready"))).DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }

    public async Task<string> New()
    {
        var name = $"grains_{Interlocked.Increment(ref count)}";
        await Execute($"CREATE DATABASE {name} TEMPLATE ready");
        return At(name);
    }

    public static Task<PostgresStore> Open(string connectionString) => PostgresStore.Open(
        connectionString, Worlds.Strategies.Names, new PostgresStoreOptions(), TimeProvider.System, NullLoggerFactory.Instance,
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (lease is not null)
            await lease.DisposeAsync();
        folder.Dispose();
    }

    private async Task Execute(string sql)
    {
        await using var connection = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(At("postgres")) { Pooling = false });
        await using var command = connection.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private string At(string database) =>
        new NpgsqlConnectionStringBuilder(lease!.ConnectionString) { Database = database, MaxPoolSize = 10 }.ConnectionString;
}
