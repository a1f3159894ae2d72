using System.Collections.Concurrent;
using Npgsql;

namespace Hts.Postgres;

/// <summary>The integer keys of symbols. A key never changes, so what is known is kept.</summary>
internal sealed class SymbolIds(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<string, int> known = new(StringComparer.Ordinal);

    public int this[string symbol] => known[symbol];

    /// <summary>Null when nothing was ever stored of the symbol.</summary>
    public async ValueTask<int?> Find(string symbol, CancellationToken cancellation)
    {
        if (known.TryGetValue(symbol, out var id))
            return id;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await Read(connection, [symbol], cancellation);
        return known.TryGetValue(symbol, out id) ? id : null;
    }

    public async ValueTask<int> Ensure(string symbol, CancellationToken cancellation)
    {
        if (known.TryGetValue(symbol, out var id))
            return id;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await Ensure(connection, [symbol], cancellation);
        return known[symbol];
    }

    /// <summary>Makes keys for new symbols. Not to be called within a transaction: a rolled-back key must not be remembered.</summary>
    public async ValueTask Ensure(NpgsqlConnection connection, IEnumerable<string> symbols, CancellationToken cancellation)
    {
        var missing = Unknown(symbols);
        if (missing.Length == 0)
            return;
        await Read(connection, missing, cancellation);
        missing = Unknown(missing);
        if (missing.Length == 0)
            return;
        await using var add = new NpgsqlCommand("INSERT INTO hts.symbols (name) SELECT unnest($1) ON CONFLICT (name) DO NOTHING", connection)
        {
            Parameters = { new() { Value = missing } },
        };
        await add.ExecuteNonQueryAsync(cancellation);
        await Read(connection, missing, cancellation);
    }

    private string[] Unknown(IEnumerable<string> symbols) => symbols.Where(s => !known.ContainsKey(s)).Distinct(StringComparer.Ordinal).ToArray();

    private async Task Read(NpgsqlConnection connection, string[] symbols, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT name, id FROM hts.symbols WHERE name = ANY ($1)", connection)
        {
            Parameters = { new() { Value = symbols } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            known[reader.GetString(0)] = reader.GetInt32(1);
    }
}
