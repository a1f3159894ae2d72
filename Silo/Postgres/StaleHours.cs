using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// The notes by which roll-ups never show what bars no longer say: whoever writes bars of an hour that may have been rolled up
/// notes it in the same transaction, and it is read from the bars until it is rolled up again.
/// </summary>
/// <remarks>
/// Live bars cost no note: hours from <c>storage_progress.open_from</c> on were never rolled up. Writers hold a shared lock while
/// they rely on that, and moving it on waits for them: whoever saw the old value has committed by then. A note that is there already
/// is locked by its next writer, so that it is not taken away before that writer's bars are to be seen.
/// </remarks>
internal static class StaleHours
{
    public const long HourMs = 3_600_000;

    /// <summary>Any number that nothing else in the database locks; "htsroll" in ASCII.</summary>
    private const long FenceKey = 0x68_74_73_72_6F_6C_6C;

    public static long HourOf(long ts) => ts - (((ts % HourMs) + HourMs) % HourMs);

    /// <summary>Within the writer's transaction, before its bars.</summary>
    /// <param name="hours">Ascending by symbol and hour, which keeps writers from waiting for each other in a circle.</param>
    public static async Task Note(NpgsqlConnection connection, IReadOnlyList<(int SymbolId, long Hour)> hours, CancellationToken cancellation)
    {
        var openFrom = await OpenFrom(connection, cancellation);
        var closed = hours.Where(h => h.Hour < openFrom).ToArray();
        if (closed.Length == 0)
            return;
        await using var note = new NpgsqlCommand(
            """
            INSERT INTO hts.stale_hours AS h (symbol_id, hour) SELECT * FROM unnest($1, $2)
            ON CONFLICT (symbol_id, hour) DO UPDATE SET hour = excluded.hour WHERE false
            """,
            connection);
        note.Add(Array.ConvertAll(closed, h => h.SymbolId), Array.ConvertAll(closed, h => Instant.FromMs(h.Hour)));
        await note.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>From now on writers note what they write of hours before an instant. Returns the instant in force, Unix ms.</summary>
    public static async Task<long> CloseBefore(NpgsqlConnection connection, long hour, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var close = new NpgsqlCommand(
            $"SELECT pg_advisory_xact_lock({FenceKey}); UPDATE hts.storage_progress SET open_from = greatest(open_from, @hour) RETURNING open_from", connection);
        close.Parameters.AddWithValue("hour", Instant.FromMs(hour));
        var openFrom = await LastInstant(close, cancellation);
        await transaction.CommitAsync(cancellation);
        return openFrom;
    }

    // Two statements, so that the second sees what was committed while the first waited.
    private static async Task<long> OpenFrom(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var look = new NpgsqlCommand(
            $"SELECT pg_advisory_xact_lock_shared({FenceKey}); SELECT open_from FROM hts.storage_progress", connection);
        return await LastInstant(look, cancellation);
    }

    private static async Task<long> LastInstant(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return Instant.ToMs(reader.GetDateTime(0));
    }
}
