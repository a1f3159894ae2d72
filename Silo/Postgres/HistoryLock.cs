using System.Data;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// Held, side by side with others, by whoever writes history in several batches. No day is dropped meanwhile: one that was dropped with
/// a part of an hour would take the hour's other part for all of it, or not at all.
/// </summary>
internal sealed class HistoryLock : IAsyncDisposable
{
    /// <summary>Any number that nothing else in the database locks; "htshist" in ASCII.</summary>
    private const long Key = 0x68_74_73_68_69_73_74;

    private readonly NpgsqlConnection connection;

    private HistoryLock(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<HistoryLock> Hold(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock_shared({Key})", connection);
            await hold.ExecuteNonQueryAsync(cancellation);
            return new HistoryLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>False while anybody holds it; else nobody can until the transaction ends.</summary>
    public static async Task<bool> TryClose(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var close = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({Key})", connection);
        return (bool)(await close.ExecuteScalarAsync(cancellation))!;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.State == ConnectionState.Open)
            {
                await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock_shared({Key})", connection);
                await release.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // A broken connection has given the lock back already.
        }

        await connection.DisposeAsync();
    }
}
