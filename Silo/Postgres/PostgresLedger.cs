using Hts.Ledgers;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresLedger(
    NpgsqlDataSource database, SymbolIds ids, StrategySets sets, BatchWriter<LedgerRow> rows, BatchWriter<Settlement> settlements) : ILedger
{
    private const string Select =
        """
        SELECT s.name, l.base_ts, l.role, l.strategy_set, l.model_version, l.epoch, l.target_ts, l.predicted, l.lower, l.upper, l.pick, l.reason,
               l.features_hash, l.created_at, l.outcome, l.settled_at, l.settle_reason, l.sequence,
               l.sigma, l.gross, l.stands, l.loss
        FROM hts.ledger l JOIN hts.symbols s ON s.id = l.symbol_id
        """;

    public Task<bool> Record(LedgerRow row, CancellationToken cancellation)
    {
        sets.Require(row.PredictedPct, "predicted");
        sets.Require(row.LowerPct, "lower");
        sets.Require(row.UpperPct, "upper");
        sets.Require(row.GrossPct, "gross");
        sets.Require(row.Stands, "stands");
        return rows.Write(row, cancellation);
    }

    public Task<bool> Settle(Settlement settlement, CancellationToken cancellation)
    {
        sets.Require(settlement.OutcomePct, "outcome");
        return settlements.Write(settlement, cancellation);
    }

    public async Task<LedgerRow?> Newest(string symbol, string role, CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is not { } id)
            return null;
        var found = await Query($"{Select} WHERE l.symbol_id = $1 AND l.role = $2 ORDER BY l.base_ts DESC LIMIT 1", [id, role], cancellation);
        return found.Count == 0 ? null : found[0].Row;
    }

    public async Task<IReadOnlyList<LedgerRow>> Unsettled(string symbol, int limit, CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is not { } id)
            return [];
        var found = await Query(
            $"{Select} WHERE l.symbol_id = $1 AND l.settled_at IS NULL ORDER BY l.base_ts, l.role LIMIT $2", [id, limit], cancellation);
        return found.ConvertAll(e => e.Row);
    }

    public async Task<IReadOnlyList<LedgerEntry>> Read(LedgerQuery query, CancellationToken cancellation)
    {
        var where = "WHERE l.base_ts >= $1 AND l.base_ts < $2";
        var parameters = new List<object> { Instant.FromMs(query.FromTs), Instant.FromMs(query.ToTs), query.Limit };
        if (query.Symbol is not null)
        {
            if (await ids.Find(query.Symbol, cancellation) is not { } id)
                return [];
            parameters.Add(id);
            where += $" AND l.symbol_id = ${parameters.Count}";
        }

        if (query.Role is not null)
        {
            parameters.Add(query.Role);
            where += $" AND l.role = ${parameters.Count}";
        }

        if (query.SettledOnly)
            where += " AND l.outcome IS NOT NULL";
        return await Query($"{Select} {where} ORDER BY l.base_ts {(query.OldestFirst ? "" : "DESC")}, s.name, l.role LIMIT $3", [.. parameters], cancellation);
    }

    private async Task<List<LedgerEntry>> Query(string sql, object[] parameters, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<LedgerEntry>();
        while (await reader.ReadAsync(cancellation))
        {
            var set = reader.GetInt16(3);
            var row = new LedgerRow(
                reader.GetString(0), Instant.ToMs(reader.GetDateTime(1)), reader.GetString(2), Text(4), reader.IsDBNull(5) ? null : reader.GetInt64(5),
                Instant.ToMs(reader.GetDateTime(6)), await Values(7), await Values(8), await Values(9), Text(10), reader.GetString(11), Text(12),
                Instant.ToMs(reader.GetDateTime(13)))
            {
                SigmaSlot = Number(18),
                GrossPct = await Values(19),
                Stands = await sets.Integers(reader, 20, set, cancellation),
            };
            var settlement = reader.IsDBNull(15)
                ? null
                : new Settlement(row.Symbol, row.BaseTs, row.Role, await Values(14), Instant.ToMs(reader.GetDateTime(15)), reader.GetString(16)) { Loss = Number(21) };
            found.Add(new LedgerEntry(row, settlement, reader.GetInt64(17)));

            ValueTask<double[]?> Values(int column) => sets.Doubles(reader, column, set, cancellation);
        }

        return found;

        double? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
