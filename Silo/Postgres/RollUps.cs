using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// Keeps the bars of a minute and of an hour in step with the base bars. One process at a time; the base bars' writers go on beside
/// it. An hour's roll-ups come and go in one transaction with its note of being stale, so whatever breaks off leaves it to be read
/// from the bars.
/// </summary>
internal sealed class RollUps(BarPartitions months)
{
    private const int HoursAtOnce = 200;

    private static readonly long DayMs = 24 * StaleHours.HourMs;

    /// <summary>Rolls up what is closed and not rolled up yet, and again what was written since; returns the number of hours.</summary>
    /// <param name="closedBefore">Start of the first hour that may still be written to as a rule, Unix ms.</param>
    public async Task<int> Run(NpgsqlConnection connection, long closedBefore, CancellationToken cancellation)
    {
        // Whoever did this before us may have dropped months.
        months.Forget();
        await Close(connection, StaleHours.HourOf(closedBefore), cancellation);
        var rolled = 0;
        while (await RollSome(connection, cancellation) is > 0 and var some)
            rolled += some;
        return rolled;
    }

    /// <summary>True when everything stored in a span of whole hours is in the roll-ups.</summary>
    public static async Task<bool> Holds(NpgsqlConnection connection, long fromTs, long toTs, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT rolled_to >= $2 AND NOT EXISTS (SELECT 1 FROM hts.stale_hours WHERE hour >= $1 AND hour < $2) FROM hts.storage_progress
            """,
            connection);
        command.Add(Instant.FromMs(fromTs), Instant.FromMs(toTs));
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Notes the hours that have bars and were never rolled up, and lets the roll-ups hold for all others from then on.</summary>
    private static async Task Close(NpgsqlConnection connection, long hour, CancellationToken cancellation)
    {
        var openFrom = await StaleHours.CloseBefore(connection, hour, cancellation);
        var rolledTo = await Time(connection, "SELECT nullif(rolled_to, '-infinity') FROM hts.storage_progress", cancellation)
            ?? await Time(
                connection,
                """
                SELECT min(b.ts) FROM hts.symbols s
                CROSS JOIN LATERAL (SELECT ts FROM hts.bars WHERE symbol_id = s.id ORDER BY ts LIMIT 1) b
                """,
                cancellation)
            ?? openFrom - StaleHours.HourMs;
        for (var from = StaleHours.HourOf(rolledTo); from < openFrom;)
        {
            var to = Math.Min(from - (from % DayMs) + DayMs, openFrom);
            await Note(connection, from, to, cancellation);
            from = to;
        }
    }

    private static async Task Note(NpgsqlConnection connection, long fromTs, long toTs, CancellationToken cancellation)
    {
        await using var note = new NpgsqlCommand(
            """
            WITH noted AS (
                INSERT INTO hts.stale_hours (symbol_id, hour)
                SELECT s.id, h.hour
                FROM hts.symbols s
                CROSS JOIN LATERAL (SELECT 1 FROM hts.bars WHERE symbol_id = s.id AND ts >= $1 AND ts < $2 LIMIT 1) any_bar
                CROSS JOIN generate_series($1, $2 - interval '1 hour', interval '1 hour') h (hour)
                WHERE EXISTS (
                    SELECT 1 FROM hts.bars b
                    WHERE b.symbol_id = s.id AND b.ts >= h.hour AND b.ts < h.hour + interval '1 hour' AND b.ts >= $1 AND b.ts < $2)
                ORDER BY s.id, h.hour
                ON CONFLICT DO NOTHING)
            UPDATE hts.storage_progress SET rolled_to = greatest(rolled_to, $2)
            """,
            connection)
        { CommandTimeout = 0 };
        note.Add(Instant.FromMs(fromTs), Instant.FromMs(toTs));
        await note.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<int> RollSome(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var some = await Read(
            connection, "SELECT symbol_id, hour FROM hts.stale_hours ORDER BY symbol_id, hour LIMIT $1", [HoursAtOnce], cancellation);
        if (some.Ids.Length == 0)
            return 0;
        await months.Ensure(connection, some.Hours.Select(h => months.StartOf(Instant.ToMs(h))).Distinct(), cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // What a writer is at is left for later. From here on its successors wait for our commit, which is a matter of milliseconds.
        var taken = await Read(
            connection,
            """
            DELETE FROM hts.stale_hours d USING (
                SELECT s.symbol_id, s.hour FROM hts.stale_hours s JOIN unnest($1, $2) t (symbol_id, hour) USING (symbol_id, hour)
                FOR UPDATE OF s SKIP LOCKED) f
            WHERE d.symbol_id = f.symbol_id AND d.hour = f.hour RETURNING d.symbol_id, d.hour
            """,
            [some.Ids, some.Hours], cancellation);
        if (taken.Ids.Length > 0)
        {
            var (from, to) = (taken.Hours.Min(), taken.Hours.Max().AddHours(1));
            var rolled = await Read(connection, RollHours, [taken.Ids, taken.Hours, from, to], cancellation);
            await Read(connection, ForgetMinutes, [rolled.Ids, rolled.Hours, from, to], cancellation);
            await Read(connection, RollMinutes, [rolled.Ids, rolled.Hours, from, to], cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return taken.Ids.Length;
    }

    private const string Rolled =
        """
        (array_agg(b.open ORDER BY b.ts))[1] AS open, max(b.high) AS high, min(b.low) AS low, (array_agg(b.close ORDER BY b.ts DESC))[1] AS close,
        sum(b.volume ORDER BY b.ts) AS volume, sum(b.taker_buy_volume ORDER BY b.ts) AS taker_buy_volume, sum(b.trades)::integer AS trades,
        max(b.last_trade_id) AS last_trade_id
        """;

    // The bounds say the same once more, as values that the planner can leave out partitions by. With OFFSET it looks each hour up
    // by the key, rather than reading all symbols' days to join them.
    private const string BarsOfHours =
        """
        FROM unnest($1, $2) t (symbol_id, hour)
        JOIN LATERAL (
            SELECT * FROM hts.bars
            WHERE symbol_id = t.symbol_id AND ts >= t.hour AND ts < t.hour + interval '1 hour' AND ts >= $3 AND ts < $4
            ORDER BY ts OFFSET 0) b ON true
        """;

    // Bars are never fewer than they were unless their day was dropped: what was rolled up of it whole stays then.
    private const string RollHours =
        $"""
        INSERT INTO hts.bars_1h AS r (
            symbol_id, ts, open, high, low, close, volume, taker_buy_volume, trades, last_trade_id, bars, flat, revised, backfilled)
        SELECT t.symbol_id, t.hour, {Rolled},
               count(*), count(*) FILTER (WHERE b.trades = 0), count(*) FILTER (WHERE b.revision > 0), count(*) FILTER (WHERE b.backfilled)
        {BarsOfHours} GROUP BY t.symbol_id, t.hour
        ON CONFLICT (symbol_id, ts) DO UPDATE SET
            open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
            taker_buy_volume = excluded.taker_buy_volume, trades = excluded.trades, last_trade_id = excluded.last_trade_id,
            bars = excluded.bars, flat = excluded.flat, revised = excluded.revised, backfilled = excluded.backfilled
        WHERE excluded.bars >= r.bars
        RETURNING symbol_id, ts
        """;

    private const string ForgetMinutes =
        """
        DELETE FROM hts.bars_1m m USING unnest($1, $2) t (symbol_id, hour)
        WHERE m.symbol_id = t.symbol_id AND m.ts >= t.hour AND m.ts < t.hour + interval '1 hour' AND m.ts >= $3 AND m.ts < $4
        RETURNING m.symbol_id, m.ts
        """;

    private const string RollMinutes =
        $"""
        INSERT INTO hts.bars_1m (symbol_id, ts, open, high, low, close, volume, taker_buy_volume, trades, last_trade_id)
        SELECT t.symbol_id, date_trunc('minute', b.ts) AS minute, {Rolled}
        {BarsOfHours} GROUP BY t.symbol_id, minute ORDER BY t.symbol_id, minute
        RETURNING symbol_id, ts
        """;

    private static async Task<(int[] Ids, DateTime[] Hours)> Read(
        NpgsqlConnection connection, string sql, object[] parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<int>();
        var hours = new List<DateTime>();
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(reader.GetInt32(0));
            hours.Add(reader.GetDateTime(1));
        }

        return ([.. ids], [.. hours]);
    }

    private static async Task<long?> Time(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) is DateTime at ? Instant.ToMs(at) : null;
    }
}
