using Hts.Slots;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Postgres;

/// <summary>
/// Stores labels and restart states; a row replaces the one before, unless it knows less: bars are only ever added, so a window that was
/// complete under the same definitions and no longer is had its bars dropped as too old. False for symbols whose bars have a change that is
/// not settled.
/// </summary>
internal sealed class SlotSink(SymbolIds ids, StrategySets sets) : IBatchSink<SlotRow>
{
    private const string Labels = "symbol_id, ts, strategy_set, net_pct, gross_pct, sides, complete, state_hash";

    private const string Columns = $"{Labels}, state";

    // Thinning looks at no slot twice: of those behind it a rebuild stores no other states than it left (see OldStates).
    private const string KeptState = "CASE WHEN ts >= p.states_thinned_to OR ts = date_trunc('day', ts) THEN state END";

    public string Name => "slots";

    public RowKey? KeyOf(SlotRow item) => new RowKey(item.Symbol, item.Ts);

    public int RowsOf(SlotRow item) => 1;

    public Task Prepare(NpgsqlConnection connection, CancellationToken cancellation) => StageTable.Make(
        connection, "slot_stage",
        """
        symbol_id integer, ts timestamptz, strategy_set smallint, net_pct double precision[], gross_pct double precision[], sides integer[],
        complete boolean, state_hash text, state bytea
        """,
        cancellation);

    public async Task Store(
        NpgsqlConnection connection, IReadOnlyList<SlotRow> batch, bool[] written, bool again, CancellationToken cancellation)
    {
        await ids.Ensure(connection, batch.Select(r => r.Symbol), cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Copy(connection, batch, cancellation);
        await using var merge = new NpgsqlCommand(
            $"""
            INSERT INTO hts.slots AS s ({Columns}) SELECT {Labels}, {KeptState} FROM slot_stage, hts.storage_progress p ORDER BY symbol_id, ts
            ON CONFLICT (symbol_id, ts) DO UPDATE SET
                strategy_set = excluded.strategy_set, net_pct = excluded.net_pct, gross_pct = excluded.gross_pct, sides = excluded.sides,
                complete = excluded.complete, state_hash = excluded.state_hash, state = excluded.state
            WHERE excluded.complete OR NOT s.complete OR s.state_hash <> excluded.state_hash;
            SELECT c.symbol_id FROM hts.bar_changes c WHERE EXISTS (SELECT 1 FROM slot_stage s WHERE s.symbol_id = c.symbol_id)
            """,
            connection);
        var changed = new HashSet<int>();
        await using (var reader = await merge.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                changed.Add(reader.GetInt32(0));
        }
        await transaction.CommitAsync(cancellation);
        for (var i = 0; i < written.Length; i++)
            written[i] = !changed.Contains(ids[batch[i].Symbol]);
    }

    private async Task Copy(NpgsqlConnection connection, IReadOnlyList<SlotRow> batch, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY slot_stage ({Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in batch)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(ids[row.Symbol], NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.Ts), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(sets.Current, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteOrNull(row.NetPct, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellation);
            await copy.WriteOrNull(row.GrossPct, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellation);
            await copy.WriteOrNull(row.Sides, NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(row.Complete, NpgsqlDbType.Boolean, cancellation);
            await copy.WriteAsync(row.StateHash, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(row.State, NpgsqlDbType.Bytea, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }
}
