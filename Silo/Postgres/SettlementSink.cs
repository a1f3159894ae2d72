using Hts.Ledgers;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Postgres;

/// <summary>Settles ledger rows that are not settled yet.</summary>
internal sealed class SettlementSink(SymbolIds ids, StrategySets sets) : IBatchSink<Settlement>
{
    public string Name => "settlements";

    public RowKey? KeyOf(Settlement item) => new RowKey(item.Symbol, item.BaseTs, item.Role);

    public int RowsOf(Settlement item) => 1;

    public Task Prepare(NpgsqlConnection connection, CancellationToken cancellation) => StageTable.Make(
        connection, "settlement_stage",
        "ordinal integer, symbol_id integer, base_ts timestamptz, role text, strategy_set smallint, outcome double precision[], settled_at timestamptz, reason text, loss double precision",
        cancellation);

    public async Task Store(
        NpgsqlConnection connection, IReadOnlyList<Settlement> batch, bool[] written, bool again, CancellationToken cancellation)
    {
        await ids.Ensure(connection, batch.Select(r => r.Symbol), cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Copy(connection, batch, cancellation);
        // An outcome is in today's order; a row of an older set takes it in its own.
        await StageTable.MarkWritten(
            connection,
            """
            UPDATE hts.ledger l SET
                outcome = CASE WHEN s.outcome IS NULL OR l.strategy_set = s.strategy_set THEN s.outcome ELSE (
                    SELECT array_agg(s.outcome[array_position(today.names, own.name)] ORDER BY own.place)
                    FROM hts.strategy_sets today, hts.strategy_sets day, unnest(day.names) WITH ORDINALITY AS own (name, place)
                    WHERE today.id = s.strategy_set AND day.id = l.strategy_set) END,
                settled_at = s.settled_at, settle_reason = s.reason, loss = s.loss, sequence = nextval('hts.ledger_sequence')
            FROM settlement_stage s
            WHERE l.symbol_id = s.symbol_id AND l.base_ts = s.base_ts AND l.role = s.role AND l.settled_at IS NULL
            RETURNING s.ordinal
            """,
            written, cancellation);
        if (again && written.Contains(false))
        {
            // The earlier try may have been committed: a settlement that stands as ours is ours.
            await StageTable.MarkWritten(
                connection,
                """
                SELECT s.ordinal FROM settlement_stage s JOIN hts.ledger l USING (symbol_id, base_ts, role)
                WHERE l.settled_at = s.settled_at AND l.settle_reason = s.reason
                """,
                written, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task Copy(NpgsqlConnection connection, IReadOnlyList<Settlement> batch, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY settlement_stage (ordinal, symbol_id, base_ts, role, strategy_set, outcome, settled_at, reason, loss) FROM STDIN (FORMAT BINARY)", cancellation);
        for (var i = 0; i < batch.Count; i++)
        {
            var row = batch[i];
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(i, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(ids[row.Symbol], NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.BaseTs), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(row.Role, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(sets.Current, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteOrNull(row.OutcomePct, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.SettledAt), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(row.Reason, NpgsqlDbType.Text, cancellation);
            await copy.WriteOrNull(row.Loss, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }
}
