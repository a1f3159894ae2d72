using Hts.Commands;
using Hts.Postgres;
using Hts.Strategies;

namespace Hts.Hosting;

/// <summary>The database of a process: the configured one, or the embedded one of the data folder.</summary>
internal sealed class StorageAccess : IAsyncDisposable
{
    private readonly PostgresLease? lease;

    private StorageAccess(PostgresLease? lease, string connectionString, PostgresStore store)
    {
        this.lease = lease;
        ConnectionString = connectionString;
        Store = store;
    }

    public string ConnectionString { get; }

    public PostgresStore Store { get; }

    /// <summary>True when this process owns the database server, so that no other silo can be alive on it.</summary>
    public bool IsOwner => lease is { IsOwner: true };

    /// <param name="exclusive">True for a silo, which must own an embedded server; false for commands that may be guests on it.</param>
    public static async Task<StorageAccess> Open(
        DataFolder data, IConfiguration configuration, StrategySet strategies, bool exclusive, ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        PostgresLease? lease = null;
        var connectionString = HtsConfiguration.ConnectionString(configuration);
        if (connectionString is null)
        {
            lease = await OpenEmbedded(data, configuration, exclusive, loggers, cancellation);
            connectionString = lease.ConnectionString;
        }
        try
        {
            var options = configuration.GetSection("Storage").Get<PostgresStoreOptions>() ?? new PostgresStoreOptions();
            var store = await PostgresStore.Open(
                connectionString, strategies.Names, options, TimeProvider.System, loggers, cancellation);
            return new StorageAccess(lease, connectionString, store);
        }
        catch (Exception e)
        {
            if (lease is not null)
                await lease.DisposeAsync();
            if (e is ArgumentException)
                throw UserErrorException.Of(e);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (lease is not null)
            await lease.DisposeAsync();
    }

    private static Task<PostgresLease> OpenEmbedded(
        DataFolder data, IConfiguration configuration, bool exclusive, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var options = configuration.GetSection("Storage:Embedded").Get<EmbeddedPostgresOptions>() ?? new EmbeddedPostgresOptions();
        options.DataDir = data.Path;
        var logger = loggers.CreateLogger<EmbeddedPostgres>();
        return exclusive
            ? EmbeddedPostgres.Start(options, TimeProvider.System, logger, cancellation)
            : EmbeddedPostgres.ConnectOrStart(options, TimeProvider.System, logger, cancellation);
    }
}
