using Npgsql;

namespace Hts.Postgres;

/// <summary>The first and the last base bar of one symbol within a span, without opening all of its days at once.</summary>
internal sealed class BarEnds(BarPartitions days)
{
    public async Task<long?> First(NpgsqlConnection connection, int id, long fromTs, long toTs, CancellationToken cancellation) =>
        await Look(connection, "min(ts)", id, await days.Parts(connection, fromTs, toTs, cancellation), cancellation);

    public async Task<long?> Last(NpgsqlConnection connection, int id, long fromTs, long toTs, CancellationToken cancellation) =>
        await Look(connection, "max(ts)", id, Enumerable.Reverse(await days.Parts(connection, fromTs, toTs, cancellation)), cancellation);

    private static async Task<long?> Look(
        NpgsqlConnection connection, string end, int id, IEnumerable<(long FromTs, long ToTs)> parts, CancellationToken cancellation)
    {
        foreach (var (from, to) in parts)
        {
            await using var command = new NpgsqlCommand($"SELECT {end} FROM hts.bars WHERE symbol_id = $1 AND ts >= $2 AND ts < $3", connection);
            command.Add(id, Instant.FromMs(from), Instant.FromMs(to));
            if (await command.ExecuteScalarAsync(cancellation) is DateTime at)
                return Instant.ToMs(at);
        }

        return null;
    }
}
