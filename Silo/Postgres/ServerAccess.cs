using System.Net.Sockets;
using Npgsql;

namespace Hts.Postgres;

/// <summary>How to reach an embedded server.</summary>
internal sealed class ServerAccess(string dataFolder, string database, int port, string password)
{
    public const string User = "hts";

    public int Port => port;

    public string ConnectionString { get; } = Build(database, port, password).ConnectionString;

    /// <summary>True when a server answers to our password and says that the data folder is its own.</summary>
    public async Task<bool> Answers(string inDatabase, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await Open(inDatabase, cancellation);
            await using var ask = new NpgsqlCommand("SHOW data_directory", connection);
            return (string?)await ask.ExecuteScalarAsync(cancellation) == dataFolder;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Makes the database on first use; tables of ours are found without their schema's name.</summary>
    public async Task EnsureDatabase(CancellationToken cancellation)
    {
        await using var connection = await Open("postgres", cancellation);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = database } } };
        // A database's name cannot be a parameter; the options allow only letters, digits and underscores.
        if (await find.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {database}", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }

        await using var path = new NpgsqlCommand($"ALTER DATABASE {database} SET search_path TO hts, public", connection);
        await path.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<NpgsqlConnection> Open(string inDatabase, CancellationToken cancellation)
    {
        var builder = Build(inDatabase, port, password);
        builder.Pooling = false;
        builder.Timeout = 5;
        builder.CommandTimeout = 30;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static NpgsqlConnectionStringBuilder Build(string database, int port, string password) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Username = User,
        Password = password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        MaxPoolSize = 60,
        // Said here, so that the user's own PGOPTIONS and PGTZ, which the driver would read, do not apply.
        Options = "-c timezone=UTC",
        Timezone = "UTC",
        // The server is ours alone: its error details may name the offending row.
        IncludeErrorDetail = true,
    };
}
