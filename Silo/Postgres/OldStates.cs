using Npgsql;

namespace Hts.Postgres;

/// <summary>Takes restart states out of old slots, but for one a day: a rebuild that reaches that far back then runs over a day more.</summary>
internal static class OldStates
{
    /// <summary>Returns how many were taken out. In steps of an hour, each remembered, so that it goes on where it broke off.</summary>
    public static async Task<long> Thin(NpgsqlConnection connection, long? beforeTs, CancellationToken cancellation)
    {
        if (beforeTs is not { } before)
            return 0;
        var end = StaleHours.HourOf(before);
        var thinned = 0L;
        for (var at = await ThinnedTo(connection, cancellation) ?? end; at < end; at += StaleHours.HourMs)
            thinned += await ThinHour(connection, at, cancellation);
        return thinned;
    }

    private static async Task<long?> ThinnedTo(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(nullif(states_thinned_to, '-infinity'), (
                SELECT date_trunc('hour', min(f.ts)) FROM hts.symbols s
                CROSS JOIN LATERAL (SELECT ts FROM hts.slots WHERE symbol_id = s.id ORDER BY ts LIMIT 1) f))
            FROM hts.storage_progress
            """,
            connection);
        return await command.ExecuteScalarAsync(cancellation) is DateTime at ? Instant.ToMs(at) : null;
    }

    private static async Task<long> ThinHour(NpgsqlConnection connection, long hour, CancellationToken cancellation)
    {
        // Symbol by symbol through the key: there is no index by time alone.
        await using var command = new NpgsqlCommand(
            """
            WITH old AS (
                SELECT o.symbol_id, o.ts FROM hts.symbols s
                CROSS JOIN LATERAL (
                    SELECT symbol_id, ts FROM hts.slots
                    WHERE symbol_id = s.id AND ts >= $1 AND ts < $1 + interval '1 hour' AND state IS NOT NULL AND ts <> date_trunc('day', ts)
                    ORDER BY ts OFFSET 0) o),
            thinned AS (
                UPDATE hts.slots l SET state = NULL FROM old WHERE l.symbol_id = old.symbol_id AND l.ts = old.ts RETURNING 1),
            moved AS (
                UPDATE hts.storage_progress SET states_thinned_to = $1 + interval '1 hour')
            SELECT count(*) FROM thinned
            """,
            connection)
        { CommandTimeout = 0 };
        command.Add(Instant.FromMs(hour));
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
