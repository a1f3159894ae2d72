using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// Brings a database's schema to what this program knows: numbered scripts in order, each in its own transaction and recorded
/// in <c>hts.schema_versions</c>, under an advisory lock so that processes that start together do it once.
/// </summary>
public static partial class Migrations
{
    /// <summary>Any number that nothing else in the database locks; "htsmigr" in ASCII.</summary>
    private const long LockKey = 0x68_74_73_6D_69_67_72;

    /// <summary>Applies what is missing and returns how many scripts that were.</summary>
    /// <exception cref="SchemaException">The schema is newer than this program, or differs from what it applied.</exception>
    public static Task<int> Apply(NpgsqlDataSource database, ILogger logger, CancellationToken cancellation) =>
        Apply(database, MigrationScript.ReadAll(), logger, cancellation);

    internal static async Task<int> Apply(
        NpgsqlDataSource database, IReadOnlyList<MigrationScript> scripts, ILogger logger, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await Execute(connection, "SELECT pg_advisory_lock($1)", cancellation, LockKey);
        try
        {
            await Execute(connection, "CREATE SCHEMA IF NOT EXISTS hts", cancellation);
            await Execute(
                connection,
                """
                CREATE TABLE IF NOT EXISTS hts.schema_versions (
                    version integer PRIMARY KEY,
                    name text NOT NULL,
                    checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now()
                )
                """,
                cancellation);
            var applied = await ReadApplied(connection, cancellation);
            Check(applied, scripts);
            var missing = scripts.Where(s => !applied.ContainsKey(s.Version)).ToList();
            foreach (var script in missing)
                await Run(connection, script, logger, cancellation);
            return missing.Count;
        }
        finally
        {
            // A broken connection has already given the lock back.
            if (connection.State == System.Data.ConnectionState.Open)
                await Execute(connection, "SELECT pg_advisory_unlock($1)", CancellationToken.None, LockKey);
        }
    }

    private static void Check(Dictionary<int, (string Name, string Checksum)> applied, IReadOnlyList<MigrationScript> scripts)
    {
        var newest = scripts.Max(s => s.Version);
        if (applied.Count > 0 && applied.Keys.Max() > newest)
        {
            throw new SchemaException(
                $"The database's schema is version {applied.Keys.Max()}, this program knows up to {newest}: use a newer program, or a database of its own.");
        }

        foreach (var script in scripts)
        {
            if (applied.TryGetValue(script.Version, out var known) && known.Checksum != script.Checksum)
            {
                throw new SchemaException(
                    $"The database's schema step {known.Name} differs from this program's {script.Name}: they are not of one lineage; use a database of its own.");
            }
        }
    }

    private static async Task Run(NpgsqlConnection connection, MigrationScript script, ILogger logger, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await Execute(connection, script.Sql, cancellation);
        }
        catch (PostgresException e)
        {
            throw new SchemaException($"Schema step {script.Name} failed: {e.MessageText}", e);
        }

        await Execute(
            connection, "INSERT INTO hts.schema_versions (version, name, checksum) VALUES ($1, $2, $3)", cancellation,
            script.Version, script.Name, script.Checksum);
        await transaction.CommitAsync(cancellation);
        LogApplied(logger, script.Name);
    }

    private static async Task<Dictionary<int, (string Name, string Checksum)>> ReadApplied(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT version, name, checksum FROM hts.schema_versions", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new Dictionary<int, (string, string)>();
        while (await reader.ReadAsync(cancellation))
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Add(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
