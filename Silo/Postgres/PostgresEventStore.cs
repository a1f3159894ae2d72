using Hts.Events;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresEventStore(NpgsqlDataSource database) : IEventStore
{
    public async Task<EventRow> Write(EventRow row, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO hts.events (ts, kind, level, symbol, message) VALUES ($1, $2, $3, $4, $5) RETURNING id");
        command.Add(Instant.FromMs(row.Ts), row.Kind, row.Level, row.Symbol, row.Message);
        return row with { Id = (long)(await command.ExecuteScalarAsync(cancellation))! };
    }

    public async Task<IReadOnlyList<EventRow>> Read(long beforeId, string? symbol, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT id, ts, kind, level, symbol, message FROM hts.events WHERE id < $1 {(symbol is null ? "" : "AND symbol = $3")} ORDER BY id DESC LIMIT $2");
        command.Add(beforeId, limit);
        if (symbol is not null)
            command.Add(symbol);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<EventRow>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new EventRow(
                reader.GetInt64(0), Instant.ToMs(reader.GetDateTime(1)), reader.GetString(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetString(5)));
        }

        return found;
    }
}
