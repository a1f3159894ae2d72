using Npgsql;

namespace Hts.Load.Feed;

/// <summary>What the database holds of a span.</summary>
/// <param name="KnownMs">Of each bar the milliseconds from its end to when the silo knew it.</param>
/// <param name="Megabytes">Size of the whole database.</param>
internal sealed record StoredBars(IReadOnlyList<double> KnownMs, long Revised, long Gaps, double Megabytes)
{
    public static async Task<StoredBars> Read(NpgsqlDataSource database, int barMs, long fromMs, long untilMs, CancellationToken cancellation)
    {
        var known = new List<double>();
        var revised = 0L;
        await using (var command = database.CreateCommand(
            """
            SELECT extract(epoch FROM known_at - ts)::double precision * 1000 - $1, revision
            FROM hts.bars WHERE ts > $2 - $1 * interval '1 ms' AND ts <= $3 - $1 * interval '1 ms'
            """))
        {
            command.Parameters.Add(new() { Value = (double)barMs });
            command.Parameters.Add(new() { Value = DateTimeOffset.FromUnixTimeMilliseconds(fromMs) });
            command.Parameters.Add(new() { Value = DateTimeOffset.FromUnixTimeMilliseconds(untilMs) });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                known.Add(reader.GetDouble(0));
                revised += reader.GetInt32(1) > 0 ? 1 : 0;
            }
        }

        var gaps = await Number(database, "SELECT count(*) FROM hts.bar_gaps", cancellation);
        var size = await Number(database, "SELECT pg_database_size(current_database())", cancellation);
        return new StoredBars(known, revised, gaps, size / 1e6);
    }

    private static async Task<long> Number(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
