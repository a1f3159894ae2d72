using Hts.Bars;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresQualityStore(NpgsqlDataSource database, SymbolIds ids, BarEnds ends) : IQualityStore
{
    // A row per hour and one, without an hour but with the newest bar, for all. A lag that is not there is null, which percentiles leave out.
    private const string Hours =
        """
        SELECT date_trunc('hour', ts) AS hour, count(*)::integer, (count(*) FILTER (WHERE trades = 0))::integer,
               (count(*) FILTER (WHERE revision > 0))::integer, (count(*) FILTER (WHERE backfilled))::integer, count(lag)::integer,
               percentile_disc(ARRAY[0.5, 0.9, 0.99, 1]) WITHIN GROUP (ORDER BY lag), max(ts)
        FROM (
            SELECT ts, trades, revision, backfilled, CASE WHEN revision = 0 AND NOT backfilled THEN known_at - ts END AS lag
            FROM hts.bars WHERE symbol_id = $1 AND ts >= $2 AND ts < $3) b
        GROUP BY GROUPING SETS ((date_trunc('hour', ts)), ())
        """;

    public async Task<BarFacts> Read(string symbol, long fromTs, long toTs, long barMs, CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is not { } id)
            return new BarFacts(null, null, [], null);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // Before the transaction, which would hold the locks of all days that were looked into.
        var (first, last) = await Ends(connection, id, barMs, cancellation);
        // One picture: a bar that comes while we count must not be in one number and not in another.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var hours = await RolledHours(connection, id, fromTs, toTs, cancellation);
        var (lag, counted) = await StoredHours(connection, id, fromTs, toTs, barMs, hours, cancellation);
        await transaction.CommitAsync(cancellation);
        return new BarFacts(first ?? counted, counted is null || counted < last ? last : counted, [.. hours.Values], lag);
    }

    private async Task<(long? First, long? Last)> Ends(NpgsqlConnection connection, int id, long barMs, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT min(ts), max(ts) + interval '1 hour' FROM hts.bars_1h WHERE symbol_id = $1", connection);
        command.Add(id);
        long? firstHour, endHour;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            (firstHour, endHour) = (Ms(reader, 0), Ms(reader, 1));
        }

        var first = await ends.First(connection, id, 0, firstHour ?? long.MaxValue, cancellation) ?? firstHour;
        return (first, await ends.Last(connection, id, 0, long.MaxValue, cancellation) ?? endHour - barMs);
    }

    private static async Task<SortedDictionary<long, HourFacts>> RolledHours(
        NpgsqlConnection connection, int id, long fromTs, long toTs, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT ts, bars, flat, revised, backfilled FROM hts.bars_1h
            WHERE symbol_id = $1 AND ts >= $2 AND ts + interval '1 hour' <= $3
            """,
            connection);
        command.Add(id, Instant.FromMs(fromTs), Instant.FromMs(toTs));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var hours = new SortedDictionary<long, HourFacts>();
        while (await reader.ReadAsync(cancellation))
        {
            var hour = Instant.ToMs(reader.GetDateTime(0));
            hours[hour] = new HourFacts(hour, reader.GetInt16(1), reader.GetInt16(2), reader.GetInt16(3), reader.GetInt16(4), null);
        }

        return hours;
    }

    /// <summary>
    /// Puts what the bars themselves say in place of what their roll-ups say, unless the day was dropped; returns the lag over all and the
    /// newest bar.
    /// </summary>
    private static async Task<(LagFacts? Lag, long? LastTs)> StoredHours(
        NpgsqlConnection connection, int id, long fromTs, long toTs, long barMs, SortedDictionary<long, HourFacts> hours,
        CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Hours, connection);
        command.Add(id, Instant.FromMs(fromTs), Instant.FromMs(toTs));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        (LagFacts? Lag, long? LastTs) all = (null, null);
        while (await reader.ReadAsync(cancellation))
        {
            var lag = Lag(reader, barMs);
            if (reader.IsDBNull(0))
            {
                all = (lag, Ms(reader, 7));
                continue;
            }

            var hour = Instant.ToMs(reader.GetDateTime(0));
            var stored = new HourFacts(hour, reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), lag);
            if (!hours.TryGetValue(hour, out var rolled) || rolled.Bars <= stored.Bars)
                hours[hour] = stored;
        }

        return all;
    }

    private static long? Ms(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : Instant.ToMs(reader.GetDateTime(column));

    private static LagFacts? Lag(NpgsqlDataReader reader, long barMs)
    {
        if (reader.GetInt32(5) is not (> 0 and var count))
            return null;
        var at = Array.ConvertAll(reader.GetFieldValue<TimeSpan[]>(6), l => l.TotalMilliseconds - barMs);
        return new LagFacts(count, at[0], at[1], at[2], at[3]);
    }
}
