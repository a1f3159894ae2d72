using Hts.Ledgers;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Postgres;

/// <summary>Stores new ledger rows; a row that stands already is never touched.</summary>
internal sealed class LedgerSink(SymbolIds ids, StrategySets sets) : IBatchSink<LedgerRow>
{
    private const string Columns =
        "symbol_id, base_ts, role, strategy_set, model_version, epoch, target_ts, predicted, lower, upper, pick, reason, features_hash, created_at, sigma, gross, stands";

    public string Name => "predictions";

    public RowKey? KeyOf(LedgerRow item) => new RowKey(item.Symbol, item.BaseTs, item.Role);

    public int RowsOf(LedgerRow item) => 1;

    public Task Prepare(NpgsqlConnection connection, CancellationToken cancellation) => StageTable.Make(
        connection, "ledger_stage",
        """
        ordinal integer, symbol_id integer, base_ts timestamptz, role text, strategy_set smallint, model_version text, epoch bigint,
        target_ts timestamptz, predicted double precision[], lower double precision[], upper double precision[], pick text, reason text,
        features_hash text, created_at timestamptz, sigma double precision, gross double precision[], stands integer[]
        """,
        cancellation);

    public async Task Store(
        NpgsqlConnection connection, IReadOnlyList<LedgerRow> batch, bool[] written, bool again, CancellationToken cancellation)
    {
        await ids.Ensure(connection, batch.Select(r => r.Symbol), cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Copy(connection, batch, cancellation);
        await Insert(connection, batch, written, cancellation);
        if (again && written.Contains(false))
        {
            // The earlier try may have been committed: a row that stands as ours is ours.
            await StageTable.MarkWritten(
                connection,
                """
                SELECT s.ordinal FROM ledger_stage s JOIN hts.ledger l USING (symbol_id, base_ts, role)
                WHERE l.created_at = s.created_at AND l.reason = s.reason AND l.pick IS NOT DISTINCT FROM s.pick
                    AND l.features_hash IS NOT DISTINCT FROM s.features_hash
                """,
                written, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>An insert can answer with the keys that it wrote, not with the staged rows they came from: those are found here.</summary>
    private async Task Insert(NpgsqlConnection connection, IReadOnlyList<LedgerRow> batch, bool[] written, CancellationToken cancellation)
    {
        var ordinals = new Dictionary<(int SymbolId, long BaseTs, string Role), int>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
            ordinals.Add((ids[batch[i].Symbol], Instant.ToMs(Instant.FromMs(batch[i].BaseTs)), batch[i].Role), i);
        await using var insert = new NpgsqlCommand(
            $"""
            INSERT INTO hts.ledger ({Columns}, sequence)
            SELECT {Columns}, nextval('hts.ledger_sequence') FROM ledger_stage ORDER BY symbol_id, base_ts, role
            ON CONFLICT (symbol_id, base_ts, role) DO NOTHING
            RETURNING symbol_id, base_ts, role
            """,
            connection);
        await using var reader = await insert.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            written[ordinals[(reader.GetInt32(0), Instant.ToMs(reader.GetDateTime(1)), reader.GetString(2))]] = true;
    }

    private async Task Copy(NpgsqlConnection connection, IReadOnlyList<LedgerRow> batch, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY ledger_stage (ordinal, {Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        for (var i = 0; i < batch.Count; i++)
        {
            var row = batch[i];
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(i, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(ids[row.Symbol], NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.BaseTs), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(row.Role, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(sets.Current, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteOrNull(row.ModelVersion, NpgsqlDbType.Text, cancellation);
            await copy.WriteOrNull(row.Epoch, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.TargetTs), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteOrNull(row.PredictedPct, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellation);
            await copy.WriteOrNull(row.LowerPct, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellation);
            await copy.WriteOrNull(row.UpperPct, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellation);
            await copy.WriteOrNull(row.Pick, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(row.Reason, NpgsqlDbType.Text, cancellation);
            await copy.WriteOrNull(row.FeaturesHash, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.CreatedAt), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteOrNull(row.SigmaSlot, cancellation);
            await copy.WriteOrNull(row.GrossPct, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellation);
            await copy.WriteOrNull(row.Stands, NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }
}
