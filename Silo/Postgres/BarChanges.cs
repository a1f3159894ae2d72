using Hts.Bars;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// The notes by which a market learns of bars that were written beside it: noted in the transaction that writes them, told by the answer
/// to the symbol's next slot row, settled when the market has run over them.
/// </summary>
internal static class BarChanges
{
    /// <summary>The first bar that a batch writes beside its market, for each symbol, ascending by key.</summary>
    public static (int SymbolId, long FromTs)[] Of(IReadOnlyList<BarWrite> batch, SymbolIds ids) =>
    [
        .. batch.Where(w => w is { Beside: true, Bars.Count: > 0 }).GroupBy(w => ids[w.Symbol], w => w.Bars.Min(b => b.Bar.Ts))
            .OrderBy(g => g.Key).Select(g => (g.Key, g.Min())),
    ];

    /// <summary>Within the writer's transaction.</summary>
    public static async Task Note(NpgsqlConnection connection, (int SymbolId, long FromTs)[] changes, CancellationToken cancellation)
    {
        if (changes.Length == 0)
            return;
        await using var note = new NpgsqlCommand(
            """
            INSERT INTO hts.bar_changes AS c (symbol_id, from_ts) SELECT * FROM unnest($1, $2)
            ON CONFLICT (symbol_id) DO UPDATE SET from_ts = least(c.from_ts, excluded.from_ts), number = DEFAULT
            """,
            connection);
        note.Add(Array.ConvertAll(changes, c => c.SymbolId), Array.ConvertAll(changes, c => Instant.FromMs(c.FromTs)));
        await note.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<HistoryChange?> Read(NpgsqlDataSource database, int symbolId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT from_ts, number FROM hts.bar_changes WHERE symbol_id = $1");
        command.Add(symbolId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new HistoryChange(Instant.ToMs(reader.GetDateTime(0)), reader.GetInt64(1)) : null;
    }

    public static async Task Settle(NpgsqlDataSource database, int symbolId, HistoryChange change, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("DELETE FROM hts.bar_changes WHERE symbol_id = $1 AND number = $2");
        command.Add(symbolId, change.Number);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
