using Hts.Feeds;
using Npgsql;

namespace Hts.Postgres;

/// <summary>Counts per symbol and hour; adding is a statement for all symbols at once.</summary>
internal sealed class PostgresFeedTallyStore(NpgsqlDataSource database, SymbolIds ids) : IFeedTallyStore
{
    public async Task Add(long hourTs, IReadOnlyCollection<KeyValuePair<string, FeedTally>> tallies, CancellationToken cancellation)
    {
        if (tallies.Count == 0)
            return;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await ids.Ensure(connection, tallies.Select(t => t.Key), cancellation);
        // In the order of their keys, so that two silos do not wait for each other in a circle.
        var rows = tallies.Select(t => (Id: ids[t.Key], t.Value)).OrderBy(t => t.Id).ToArray();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO hts.feed_hours AS h (symbol_id, hour, late_trades, duplicates, invalid, repaired, outages)
            SELECT id, $1, late, duplicates, invalid, repaired, outages
            FROM unnest($2, $3, $4, $5, $6, $7) AS t (id, late, duplicates, invalid, repaired, outages)
            ON CONFLICT (symbol_id, hour) DO UPDATE SET
                late_trades = h.late_trades + excluded.late_trades, duplicates = h.duplicates + excluded.duplicates,
                invalid = h.invalid + excluded.invalid, repaired = h.repaired + excluded.repaired, outages = h.outages + excluded.outages
            """,
            connection);
        command.Add(
            Instant.FromMs(hourTs), Array.ConvertAll(rows, r => r.Id), Array.ConvertAll(rows, r => r.Value.LateTrades),
            Array.ConvertAll(rows, r => r.Value.Duplicates), Array.ConvertAll(rows, r => r.Value.Invalid),
            Array.ConvertAll(rows, r => r.Value.Repaired), Array.ConvertAll(rows, r => r.Value.Outages));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyDictionary<long, FeedTally>> Read(string symbol, long fromTs, long toTs, CancellationToken cancellation)
    {
        var hours = new Dictionary<long, FeedTally>();
        if (await ids.Find(symbol, cancellation) is not { } id)
            return hours;
        await using var command = database.CreateCommand(
            """
            SELECT hour, late_trades, duplicates, invalid, repaired, outages FROM hts.feed_hours
            WHERE symbol_id = $1 AND hour >= $2 AND hour < $3
            """);
        command.Add(id, Instant.FromMs(fromTs), Instant.FromMs(toTs));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            hours[Instant.ToMs(reader.GetDateTime(0))] = new FeedTally(
                reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
        }

        return hours;
    }
}
