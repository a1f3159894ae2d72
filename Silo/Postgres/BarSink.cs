using Hts.Bars;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Postgres;

/// <summary>Stores bars: straight into the table where nothing is stored yet, else through a staging table.</summary>
internal sealed class BarSink(SymbolIds ids, BarPartitions days) : IBatchSink<BarWrite>
{
    /// <summary>From here on looking whether a span is empty costs less than staging its rows.</summary>
    private const int StraightFrom = 1_000;

    private const int StraightSymbols = 8;

    private const string Columns =
        "ts, known_at, last_trade_id, open, high, low, close, volume, taker_buy_volume, symbol_id, trades, revision, backfilled";

    public string Name => "bars";

    public RowKey? KeyOf(BarWrite item) => null;

    public int RowsOf(BarWrite item) => item.Bars.Count;

    public async Task Prepare(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var make = new NpgsqlCommand(
            $"CREATE TEMP TABLE IF NOT EXISTS bar_stage ON COMMIT DELETE ROWS AS SELECT {Columns} FROM hts.bars WITH NO DATA", connection);
        await make.ExecuteNonQueryAsync(cancellation);
    }

    public async Task Store(
        NpgsqlConnection connection, IReadOnlyList<BarWrite> batch, bool[] written, bool again, CancellationToken cancellation)
    {
        Array.Fill(written, true);
        await ids.Ensure(connection, batch.Select(w => w.Symbol), cancellation);
        var rows = Merge(batch);
        if (rows.Count == 0)
            return;
        var changes = BarChanges.Of(batch, ids);
        foreach (var some in Parts(rows))
            await StoreSome(connection, some, changes, cancellation);
    }

    private async Task StoreSome(
        NpgsqlConnection connection, List<Row> rows, (int SymbolId, long FromTs)[] changes, CancellationToken cancellation)
    {
        await days.Ensure(connection, Days(rows), cancellation);
        try
        {
            if (!await StoreStraight(connection, rows, changes, cancellation))
                await StoreStaged(connection, rows, changes, cancellation);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: null })
        {
            // No partition for the row: another process dropped that day since we saw it.
            days.Forget();
            await days.Ensure(connection, Days(rows), cancellation);
            await StoreStaged(connection, rows, changes, cancellation);
        }
    }

    /// <summary>All rows by symbol and time; of equal ones the highest revision, of equal revisions the first.</summary>
    private List<Row> Merge(IReadOnlyList<BarWrite> batch)
    {
        var rows = new List<Row>(batch.Sum(w => w.Bars.Count));
        var ordered = true;
        foreach (var write in batch)
        {
            var id = ids[write.Symbol];
            foreach (var bar in write.Bars)
            {
                var row = new Row(id, bar);
                ordered = ordered && (rows.Count == 0 || rows[^1].CompareKey(row) < 0);
                rows.Add(row);
            }
        }

        if (ordered)
            return rows;
        var merged = new List<Row>(rows.Count);
        // OrderBy is stable, which keeps the first of equal revisions in front.
        foreach (var row in rows.OrderBy(r => r.SymbolId).ThenBy(r => r.Stored.Bar.Ts).ThenByDescending(r => r.Stored.Revision))
        {
            if (merged.Count == 0 || merged[^1].CompareKey(row) != 0)
                merged.Add(row);
        }

        return merged;
    }

    /// <summary>The rows by few days each: a transaction holds locks on all days that it writes to.</summary>
    private static IEnumerable<List<Row>> Parts(List<Row> rows)
    {
        var first = PartOf(rows[0]);
        // As nearly always. A transaction more for rows on both sides of a bound is no harm.
        return rows.TrueForAll(r => PartOf(r) == first) ? [rows] : rows.GroupBy(PartOf).OrderBy(g => g.Key).Select(g => g.ToList());

        static long PartOf(Row row) => row.Stored.Bar.Ts / (BarPartitions.AtOnce * 24 * StaleHours.HourMs);
    }

    private IEnumerable<long> Days(List<Row> rows) => rows.Select(r => StaleHours.HourOf(r.Stored.Bar.Ts)).Distinct().Select(days.StartOf).Distinct();

    /// <summary>By symbol and hour, as the rows are.</summary>
    private static List<(int SymbolId, long Hour)> Hours(List<Row> rows)
    {
        var hours = new List<(int, long)>();
        foreach (var row in rows)
        {
            var hour = (row.SymbolId, StaleHours.HourOf(row.Stored.Bar.Ts));
            if (hours.Count == 0 || hours[^1] != hour)
                hours.Add(hour);
        }

        return hours;
    }

    /// <summary>A back-fill finds empty spans and needs no comparison. False when something is there, or came meanwhile.</summary>
    private static async Task<bool> StoreStraight(
        NpgsqlConnection connection, List<Row> rows, (int SymbolId, long FromTs)[] changes, CancellationToken cancellation)
    {
        if (rows.Count < StraightFrom)
            return false;
        var spans = Spans(rows);
        if (spans.Count > StraightSymbols)
            return false;
        foreach (var (first, last) in spans)
        {
            await using var look = new NpgsqlCommand(
                "SELECT EXISTS (SELECT 1 FROM hts.bars WHERE symbol_id = $1 AND ts BETWEEN $2 AND $3)", connection)
            {
                Parameters =
                {
                    new() { Value = rows[first].SymbolId },
                    new() { Value = Instant.FromMs(rows[first].Stored.Bar.Ts) },
                    new() { Value = Instant.FromMs(rows[last].Stored.Bar.Ts) },
                },
            };
            if ((bool)(await look.ExecuteScalarAsync(cancellation))!)
                return false;
        }

        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await StaleHours.Note(connection, Hours(rows), cancellation);
            await BarChanges.Note(connection, changes, cancellation);
            await Copy(connection, "hts.bars", rows, cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private static List<(int First, int Last)> Spans(List<Row> rows)
    {
        var spans = new List<(int First, int Last)>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (i == 0 || rows[i].SymbolId != rows[i - 1].SymbolId)
                spans.Add((i, i));
            else
                spans[^1] = (spans[^1].First, i);
        }

        return spans;
    }

    private static async Task StoreStaged(
        NpgsqlConnection connection, List<Row> rows, (int SymbolId, long FromTs)[] changes, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await StaleHours.Note(connection, Hours(rows), cancellation);
        await BarChanges.Note(connection, changes, cancellation);
        await Copy(connection, "bar_stage", rows, cancellation);
        await using var merge = new NpgsqlCommand(
            $"""
            INSERT INTO hts.bars AS b ({Columns}) SELECT {Columns} FROM bar_stage
            ON CONFLICT (symbol_id, ts) DO UPDATE SET
                open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
                taker_buy_volume = excluded.taker_buy_volume, trades = excluded.trades, last_trade_id = excluded.last_trade_id,
                known_at = excluded.known_at, revision = excluded.revision, backfilled = excluded.backfilled
            WHERE b.revision < excluded.revision
            """,
            connection);
        await merge.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task Copy(NpgsqlConnection connection, string table, List<Row> rows, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} ({Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var (symbolId, (bar, knownAt, revision, backfilled)) in rows)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(Instant.FromMs(bar.Ts), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(Instant.FromMs(knownAt), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(bar.LastTradeId, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(bar.Open, NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(bar.High, NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(bar.Low, NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(bar.Close, NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(bar.Volume, NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(bar.TakerBuyVolume, NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(symbolId, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(bar.Trades, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(revision, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(backfilled, NpgsqlDbType.Boolean, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    private readonly record struct Row(int SymbolId, StoredBar Stored)
    {
        public int CompareKey(Row other)
        {
            var bySymbol = SymbolId.CompareTo(other.SymbolId);
            return bySymbol != 0 ? bySymbol : Stored.Bar.Ts.CompareTo(other.Stored.Bar.Ts);
        }
    }
}
