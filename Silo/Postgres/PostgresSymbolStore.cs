using Hts.Symbols;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// Symbols and their spans. A symbol that only has data (imported bars) is none yet: <see cref="Add"/> makes it one.
/// </summary>
internal sealed class PostgresSymbolStore(NpgsqlDataSource database, SymbolIds ids) : ISymbolStore
{
    /// <summary>Any number that nothing else in the database locks; "htsdeal" in ASCII.</summary>
    private const long DealLock = 0x68_74_73_64_65_61_6c;

    /// <summary>Each symbol with its newest span.</summary>
    private const string Select =
        """
        SELECT s.name, p.added_at, p.first_slot, p.stop_slot, p.shard
        FROM hts.symbols s JOIN LATERAL (SELECT * FROM hts.symbol_spans p WHERE p.symbol_id = s.id ORDER BY p.id DESC LIMIT 1) p ON true
        """;

    public async Task<IReadOnlyList<SymbolRecord>> List(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{Select} ORDER BY s.name");
        return await Read(command, cancellation);
    }

    public async Task<SymbolRecord?> Find(string symbol, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{Select} WHERE s.name = $1");
        command.Add(symbol);
        var found = await Read(command, cancellation);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<SymbolRecord> Add(string symbol, long nowMs, int perShard, CancellationToken cancellation)
    {
        var id = await ids.Ensure(symbol, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // One deal at a time: two must not take the same last place.
        await using (var hold = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({DealLock})", connection))
            await hold.ExecuteNonQueryAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO hts.symbol_spans (symbol_id, added_at, shard)
            SELECT $1, $2, min(shard) FROM generate_series(0, (SELECT count(*) FROM hts.symbol_spans WHERE stop_slot IS NULL)::integer) AS shard
            WHERE (SELECT count(*) FROM hts.symbol_spans p WHERE p.stop_slot IS NULL AND p.shard = shard.shard) < $3
            ON CONFLICT (symbol_id) WHERE stop_slot IS NULL DO NOTHING
            """,
            connection);
        command.Add(id, Instant.FromMs(nowMs), perShard);
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return await Find(symbol, cancellation) ?? throw new InvalidOperationException($"The symbol {symbol} vanished.");
    }

    public async Task<long> StartSpan(string symbol, long firstSlot, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE hts.symbol_spans p SET first_slot = coalesce(p.first_slot, $2)
            FROM hts.symbols s WHERE s.name = $1 AND p.symbol_id = s.id AND p.stop_slot IS NULL
            RETURNING p.first_slot
            """);
        command.Add(symbol, Instant.FromMs(firstSlot));
        return await command.ExecuteScalarAsync(cancellation) is DateTime inForce
            ? Instant.ToMs(inForce)
            : throw new KeyNotFoundException($"The symbol {symbol} has no running span.");
    }

    /// <remarks>A span that ends before it began stays, empty. No running span: nothing changes.</remarks>
    public async Task Stop(string symbol, long stopSlot, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE hts.symbol_spans p SET stop_slot = greatest(p.first_slot, $2)
            FROM hts.symbols s WHERE s.name = $1 AND p.symbol_id = s.id AND p.stop_slot IS NULL
            """);
        command.Add(symbol, Instant.FromMs(stopSlot));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<List<SymbolRecord>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<SymbolRecord>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new SymbolRecord(
                reader.GetString(0), reader.IsDBNull(3), Instant.ToMs(reader.GetDateTime(1)), Ms(2), Ms(3), reader.GetInt32(4)));
        }

        return found;

        long? Ms(int column) => reader.IsDBNull(column) ? null : Instant.ToMs(reader.GetDateTime(column));
    }
}
