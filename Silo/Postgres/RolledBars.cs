using Hts.Bars;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// Bars of longer intervals: from the roll-ups where they hold, from the base bars elsewhere, in one picture of the database.
/// Sums go up in time, first to the step (a minute, or an hour for whole hours), then to the interval, whichever of the two a
/// step comes from: an answer is the same to the bit before and after its bars were rolled up.
/// </summary>
internal sealed class RolledBars(NpgsqlDataSource database, BarEnds ends)
{
    private const long MinuteMs = 60_000;

    /// <summary>Bars end intervals only by the next one's beginning here, so their own length does not matter.</summary>
    private const long AnyBar = 1;

    private const string Columns = "ts, open, high, low, close, volume, taker_buy_volume, trades, last_trade_id";

    public async Task<List<Bar>> Read(int id, long intervalMs, long fromTs, long toTs, int limit, CancellationToken cancellation)
    {
        var bars = new List<Bar>();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        for (long? at = fromTs; at < toTs && bars.Count < limit;)
        {
            // No more intervals than asked for are looked through at once; a hole costs a look where it ends.
            var wanted = limit - bars.Count;
            var end = (toTs - at.Value) / intervalMs <= wanted ? toTs : at.Value + (wanted * intervalMs);
            var before = bars.Count;
            await ReadWindow(connection, id, intervalMs, at.Value, end, bars, cancellation);
            at = bars.Count > before || end == toTs ? end : await First(connection, id, end, toTs, intervalMs, cancellation);
        }

        return bars;
    }

    /// <summary>Open time of the newest bar before an instant, of a base bar or of a roll-up that this interval is read from.</summary>
    public async Task<long?> Newest(int id, long intervalMs, long beforeTs, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rolled = await Rolled(connection, "max(ts)", id, intervalMs, 0, beforeTs, cancellation);
        return await ends.Last(connection, id, rolled ?? 0, beforeTs, cancellation) ?? rolled;
    }

    private static (string Table, long StepMs) SourceOf(long intervalMs) =>
        intervalMs % StaleHours.HourMs == 0 ? ("hts.bars_1h", StaleHours.HourMs)
        : intervalMs % MinuteMs == 0 ? ("hts.bars_1m", MinuteMs)
        : ("", intervalMs);

    private static async Task ReadWindow(
        NpgsqlConnection connection, int id, long intervalMs, long fromTs, long toTs, List<Bar> bars, CancellationToken cancellation)
    {
        var (table, step) = SourceOf(intervalMs);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var stale = table.Length == 0 ? [] : await Stale(connection, id, fromTs, toTs, cancellation);
        var rolledTo = table.Length == 0 ? fromTs : Math.Clamp(await RolledTo(connection, cancellation), fromTs, toTs);
        // Every stale hour before the end of the roll-ups, and everything from there on, comes from the base bars.
        var spans = stale.Where(h => h < rolledTo).Select(h => (From: Math.Max(h, fromTs), To: Math.Min(h + StaleHours.HourMs, rolledTo)))
            .Append((From: rolledTo, To: toTs)).Where(s => s.From < s.To).ToArray();
        await using var command = new NpgsqlCommand(Sql(table), connection);
        command.Add(
            id, Array.ConvertAll(spans, s => Instant.FromMs(s.From)), Array.ConvertAll(spans, s => Instant.FromMs(s.To)),
            Instant.FromMs(spans.Length == 0 ? toTs : spans[0].From), Instant.FromMs(spans.Length == 0 ? toTs : spans[^1].To));
        if (table.Length > 0)
            command.Add(Instant.FromMs(fromTs), Instant.FromMs(rolledTo), stale.ConvertAll(h => Instant.FromMs(h)).ToArray());
        bars.AddRange(BarRoller.Roll(BarRoller.Roll(await Bars(command, cancellation), AnyBar, step), AnyBar, intervalMs));
        await transaction.CommitAsync(cancellation);
    }

    private static string Sql(string table) =>
        $"""
        SELECT {Columns} FROM unnest($2, $3) w (from_ts, to_ts)
        JOIN LATERAL (
            SELECT {Columns} FROM hts.bars
            WHERE symbol_id = $1 AND ts >= w.from_ts AND ts < w.to_ts AND ts >= $4 AND ts < $5
            ORDER BY ts OFFSET 0) b ON true
        {(table.Length == 0 ? "" :
        $"""
        UNION ALL
        SELECT {Columns} FROM {table} WHERE symbol_id = $1 AND ts >= $6 AND ts < $7 AND date_trunc('hour', ts) <> ALL ($8)
        """)}
        ORDER BY ts
        """;

    private static async Task<List<Bar>> Bars(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var bars = new List<Bar>();
        while (await reader.ReadAsync(cancellation))
        {
            bars.Add(new Bar(
                Instant.ToMs(reader.GetDateTime(0)), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4),
                reader.GetDouble(5), reader.GetDouble(6), reader.GetInt32(7), reader.GetInt64(8)));
        }

        return bars;
    }

    private static async Task<long> RolledTo(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT rolled_to FROM hts.storage_progress", connection);
        return Instant.ToMs((DateTime)(await command.ExecuteScalarAsync(cancellation))!);
    }

    private static async Task<List<long>> Stale(NpgsqlConnection connection, int id, long fromTs, long toTs, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT hour FROM hts.stale_hours WHERE symbol_id = $1 AND hour >= $2 AND hour < $3 ORDER BY hour", connection);
        command.Add(id, Instant.FromMs(StaleHours.HourOf(fromTs)), Instant.FromMs(toTs));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var hours = new List<long>();
        while (await reader.ReadAsync(cancellation))
            hours.Add(Instant.ToMs(reader.GetDateTime(0)));
        return hours;
    }

    /// <summary>
    /// Start of the interval with the first bar from an instant on; null when there is none. Only what the interval is read from counts:
    /// hours whose minutes are no longer kept are nothing to find when minutes are asked for.
    /// </summary>
    private async Task<long?> First(NpgsqlConnection connection, int id, long fromTs, long toTs, long intervalMs, CancellationToken cancellation)
    {
        var rolled = await Rolled(connection, "min(ts)", id, intervalMs, fromTs, toTs, cancellation);
        return (await ends.First(connection, id, fromTs, rolled ?? toTs, cancellation) ?? rolled) is { } at ? at / intervalMs * intervalMs : null;
    }

    private static async Task<long?> Rolled(
        NpgsqlConnection connection, string end, int id, long intervalMs, long fromTs, long toTs, CancellationToken cancellation)
    {
        if (SourceOf(intervalMs).Table is not { Length: > 0 } table)
            return null;
        await using var command = new NpgsqlCommand($"SELECT {end} FROM {table} WHERE symbol_id = $1 AND ts >= $2 AND ts < $3", connection);
        command.Add(id, Instant.FromMs(fromTs), Instant.FromMs(toTs));
        return await command.ExecuteScalarAsync(cancellation) is DateTime at ? Instant.ToMs(at) : null;
    }
}
