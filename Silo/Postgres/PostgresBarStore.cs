using System.Runtime.CompilerServices;
using Hts.Bars;
using Npgsql;

namespace Hts.Postgres;

/// <summary>Bars and marked holes. A symbol that was never seen is given a key by its first write.</summary>
internal sealed class PostgresBarStore(
    NpgsqlDataSource database, SymbolIds ids, BarPartitions days, RolledBars rolled, BatchWriter<BarWrite> writer, PostgresStoreOptions options)
    : IBarStore
{
    /// <summary>In which the newest bars are found as a rule.</summary>
    private const long NewestMs = 2 * 86_400_000;

    private const string Columns =
        "ts, open, high, low, close, volume, taker_buy_volume, trades, last_trade_id, known_at, revision, backfilled";

    public Task Write(string symbol, IReadOnlyList<StoredBar> bars, CancellationToken cancellation) =>
        Write(symbol, bars, beside: false, cancellation);

    public Task WriteBeside(string symbol, IReadOnlyList<StoredBar> bars, CancellationToken cancellation) =>
        Write(symbol, bars, beside: true, cancellation);

    public async Task<HistoryChange?> ReadChange(string symbol, CancellationToken cancellation) =>
        await ids.Find(symbol, cancellation) is { } id ? await BarChanges.Read(database, id, cancellation) : null;

    public async Task SettleChange(string symbol, HistoryChange change, CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is { } id)
            await BarChanges.Settle(database, id, change, cancellation);
    }

    public async Task<IReadOnlyList<StoredBar>> Read(string symbol, long fromTs, long toTs, int limit, CancellationToken cancellation)
    {
        var bars = new List<StoredBar>();
        if (limit <= 0 || await ids.Find(symbol, cancellation) is not { } id)
            return bars;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var (from, to) in await days.Parts(connection, fromTs, toTs, cancellation))
        {
            await foreach (var bar in Query(
                connection, $"SELECT {Columns} FROM hts.bars WHERE symbol_id = $1 AND ts >= $2 AND ts < $3 ORDER BY ts LIMIT $4",
                [id, Instant.FromMs(from), Instant.FromMs(to), limit - bars.Count], cancellation))
                bars.Add(bar);
            if (bars.Count == limit)
                break;
        }

        return bars;
    }

    public async Task<IReadOnlyList<StoredBar>> ReadLast(string symbol, int count, long beforeTs, CancellationToken cancellation)
    {
        var bars = new List<StoredBar>();
        if (count <= 0 || await ids.Find(symbol, cancellation) is not { } id)
            return bars;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var newest = Math.Max(0, beforeTs - NewestMs);
        await Take(newest, beforeTs);
        if (bars.Count < count)
        {
            foreach (var (from, to) in Enumerable.Reverse(await days.Parts(connection, 0, newest, cancellation)))
            {
                await Take(from, to);
                if (bars.Count == count)
                    break;
            }
        }

        bars.Reverse();
        return bars;

        async Task Take(long from, long to)
        {
            await foreach (var bar in Query(
                connection, $"SELECT {Columns} FROM hts.bars WHERE symbol_id = $1 AND ts >= $2 AND ts < $3 ORDER BY ts DESC LIMIT $4",
                [id, Instant.FromMs(from), Instant.FromMs(to), count - bars.Count], cancellation))
                bars.Add(bar);
        }
    }

    public async IAsyncEnumerable<StoredBar> Stream(
        string symbol, long fromTs, long toTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is not { } id)
            yield break;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var (from, to) in await days.Parts(connection, fromTs, toTs, cancellation))
        {
            await foreach (var bar in Query(
                connection, $"SELECT {Columns} FROM hts.bars WHERE symbol_id = $1 AND ts >= $2 AND ts < $3 ORDER BY ts",
                [id, Instant.FromMs(from), Instant.FromMs(to)], cancellation))
                yield return bar;
        }
    }

    /// <remarks>Only whole intervals: those whose open time lies in the range.</remarks>
    public async Task<IReadOnlyList<Bar>> ReadRolled(
        string symbol, long intervalMs, long fromTs, long toTs, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalMs);
        return await ids.Find(symbol, cancellation) is { } id ? await rolled.Read(id, intervalMs, Up(fromTs), Up(toTs), limit, cancellation) : [];

        // No bar lies before the epoch, nor beyond what the database's calendar holds.
        long Up(long ts) => (Math.Clamp(ts, 0, Instant.LastMs) + intervalMs - 1) / intervalMs * intervalMs;
    }

    public async Task<long?> ReadNewest(string symbol, long intervalMs, long beforeTs, CancellationToken cancellation) =>
        await ids.Find(symbol, cancellation) is { } id ? await rolled.Newest(id, intervalMs, beforeTs, cancellation) : null;

    public async Task MarkGap(string symbol, Gap gap, CancellationToken cancellation)
    {
        var id = await ids.Ensure(symbol, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await HoldGaps(connection, id, cancellation);
        // Marks that overlap or touch become one. One that covers the new mark already stays as it is, with the time it was known at.
        await using var mark = new NpgsqlCommand(
            """
            WITH near AS (
                SELECT from_ts, to_ts, known_at FROM hts.bar_gaps
                WHERE symbol_id = $1 AND cause = $4 AND from_ts <= $3 AND to_ts >= $2 AND repaired_at IS NULL),
            gone AS (
                DELETE FROM hts.bar_gaps g USING near
                WHERE g.symbol_id = $1 AND g.cause = $4 AND g.repaired_at IS NULL AND g.from_ts = near.from_ts AND g.from_ts <> (SELECT least(min(from_ts), $2) FROM near)
                    AND NOT EXISTS (SELECT 1 FROM near n WHERE n.from_ts <= $2 AND n.to_ts >= $3))
            INSERT INTO hts.bar_gaps AS g (symbol_id, from_ts, to_ts, cause, known_at)
            SELECT $1, least(min(from_ts), $2), greatest(max(to_ts), $3), $4, greatest(max(known_at), $5) FROM near
            HAVING coalesce(NOT bool_or(from_ts <= $2 AND to_ts >= $3), true)
            ON CONFLICT (symbol_id, from_ts, cause) WHERE repaired_at IS NULL
            DO UPDATE SET to_ts = excluded.to_ts, known_at = excluded.known_at
            """,
            connection);
        mark.Add(id, Instant.FromMs(gap.FromTs), Instant.FromMs(gap.ToTs), gap.Cause, Instant.FromMs(gap.KnownAt));
        await mark.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task FillGaps(string symbol, long fromTs, long toTs, long nowMs, CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is not { } id)
            return;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await HoldGaps(connection, id, cancellation);
        foreach (var gap in await Missing(connection, id, fromTs, toTs, cancellation))
        {
            await Execute(
                connection, "DELETE FROM hts.bar_gaps WHERE symbol_id = $1 AND from_ts = $2 AND cause = $3 AND repaired_at IS NULL",
                [id, Instant.FromMs(gap.FromTs), gap.Cause], cancellation);
            if (gap.FromTs < fromTs)
                await Insert(connection, id, gap with { ToTs = fromTs }, cancellation);
            if (gap.ToTs > toTs)
                await Insert(connection, id, gap with { FromTs = toTs }, cancellation);
            await Insert(
                connection, id, gap with { FromTs = Math.Max(gap.FromTs, fromTs), ToTs = Math.Min(gap.ToTs, toTs), RepairedAt = nowMs }, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    public async Task MarkRepaired(string symbol, Gap gap, CancellationToken cancellation)
    {
        var id = await ids.Ensure(symbol, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await Insert(connection, id, gap, cancellation);
    }

    public Task<IReadOnlyList<Gap>> ReadGaps(string symbol, long fromTs, long toTs, CancellationToken cancellation) =>
        ReadGaps(symbol, fromTs, toTs, "IS NULL", cancellation);

    public Task<IReadOnlyList<Gap>> ReadRepairedGaps(string symbol, long fromTs, long toTs, CancellationToken cancellation) =>
        ReadGaps(symbol, fromTs, toTs, "IS NOT NULL", cancellation);

    private async Task Write(string symbol, IReadOnlyList<StoredBar> bars, bool beside, CancellationToken cancellation)
    {
        if (bars.Count <= options.BatchRows)
        {
            if (bars.Count > 0)
                await writer.Write(new BarWrite(symbol, bars, beside), cancellation);
            return;
        }

        for (var from = 0; from < bars.Count; from += options.BatchRows)
            await writer.Write(new BarWrite(symbol, bars.Skip(from).Take(options.BatchRows).ToArray(), beside), cancellation);
    }

    private async Task<IReadOnlyList<Gap>> ReadGaps(string symbol, long fromTs, long toTs, string repaired, CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is not { } id)
            return [];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await ReadGaps(connection, id, fromTs, toTs, repaired, cancellation);
    }

    private static Task<IReadOnlyList<Gap>> Missing(NpgsqlConnection connection, int id, long fromTs, long toTs, CancellationToken cancellation) =>
        ReadGaps(connection, id, fromTs, toTs, "IS NULL", cancellation);

    private static async Task<IReadOnlyList<Gap>> ReadGaps(
        NpgsqlConnection connection, int id, long fromTs, long toTs, string repaired, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT from_ts, to_ts, cause, known_at, repaired_at FROM hts.bar_gaps
            WHERE symbol_id = $1 AND to_ts > $2 AND from_ts < $3 AND repaired_at {repaired} ORDER BY from_ts, to_ts, cause
            """,
            connection);
        command.Add(id, Instant.FromMs(fromTs), Instant.FromMs(toTs));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var gaps = new List<Gap>();
        while (await reader.ReadAsync(cancellation))
        {
            gaps.Add(new Gap(
                Instant.ToMs(reader.GetDateTime(0)), Instant.ToMs(reader.GetDateTime(1)), reader.GetString(2), Instant.ToMs(reader.GetDateTime(3)),
                reader.IsDBNull(4) ? null : Instant.ToMs(reader.GetDateTime(4))));
        }

        return gaps;
    }

    // The symbol's row stands for its gaps: marks of one symbol follow one another.
    private static Task HoldGaps(NpgsqlConnection connection, int id, CancellationToken cancellation) =>
        Execute(connection, "SELECT 1 FROM hts.symbols WHERE id = $1 FOR NO KEY UPDATE", [id], cancellation);

    private static Task Insert(NpgsqlConnection connection, int id, Gap gap, CancellationToken cancellation) => Execute(
        connection,
        "INSERT INTO hts.bar_gaps (symbol_id, from_ts, to_ts, cause, known_at, repaired_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        [
            id, Instant.FromMs(gap.FromTs), Instant.FromMs(gap.ToTs), gap.Cause, Instant.FromMs(gap.KnownAt),
            gap.RepairedAt is { } at ? Instant.FromMs(at) : DBNull.Value,
        ],
        cancellation);

    private static async Task Execute(NpgsqlConnection connection, string sql, object[] parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Add(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async IAsyncEnumerable<StoredBar> Query(
        NpgsqlConnection connection, string sql, object[] parameters, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var bar = new Bar(
                Instant.ToMs(reader.GetDateTime(0)), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4),
                reader.GetDouble(5), reader.GetDouble(6), reader.GetInt32(7), reader.GetInt64(8));
            yield return new StoredBar(bar, Instant.ToMs(reader.GetDateTime(9)), reader.GetInt32(10), reader.GetBoolean(11));
        }
    }
}
