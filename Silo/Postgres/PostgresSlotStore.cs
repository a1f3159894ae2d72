using Hts.Slots;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresSlotStore(NpgsqlDataSource database, SymbolIds ids, StrategySets sets, BatchWriter<SlotRow> writer) : ISlotStore
{
    private const string Select = "SELECT ts, strategy_set, net_pct, gross_pct, sides, complete, state_hash, state FROM hts.slots";

    public Task<bool> Write(SlotRow row, CancellationToken cancellation)
    {
        sets.Require(row.NetPct, "net");
        sets.Require(row.GrossPct, "gross");
        sets.Require(row.Sides, "sides");
        return writer.Write(row, cancellation);
    }

    public async Task<SlotRow?> ReadState(string symbol, string stateHash, long atOrBeforeTs, CancellationToken cancellation)
    {
        var found = await Query(
            symbol, $"{Select} WHERE symbol_id = $1 AND state_hash = $2 AND ts <= $3 AND state IS NOT NULL ORDER BY ts DESC LIMIT 1",
            [stateHash, Instant.FromMs(atOrBeforeTs)], cancellation);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<SlotRow>> Read(string symbol, long fromTs, long toTs, int limit, CancellationToken cancellation) =>
        await Query(
            symbol, $"{Select} WHERE symbol_id = $1 AND ts >= $2 AND ts < $3 ORDER BY ts LIMIT $4",
            [Instant.FromMs(fromTs), Instant.FromMs(toTs), limit], cancellation);

    private async Task<List<SlotRow>> Query(string symbol, string sql, object[] parameters, CancellationToken cancellation)
    {
        var found = new List<SlotRow>();
        if (await ids.Find(symbol, cancellation) is not { } id)
            return found;
        await using var command = database.CreateCommand(sql);
        command.Add(id);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var set = reader.GetInt16(1);
            found.Add(new SlotRow(
                symbol, Instant.ToMs(reader.GetDateTime(0)), await sets.Doubles(reader, 2, set, cancellation),
                await sets.Doubles(reader, 3, set, cancellation), await sets.Integers(reader, 4, set, cancellation), reader.GetBoolean(5),
                reader.GetString(6), reader.IsDBNull(7) ? [] : reader.GetFieldValue<byte[]>(7)));
        }

        return found;
    }
}
