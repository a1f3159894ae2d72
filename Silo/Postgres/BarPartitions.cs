using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Hts.Postgres;

/// <summary>The daily partitions of the bars, made when a day's first bar comes and dropped when it is no longer kept.</summary>
internal sealed class BarPartitions
{
    private const long DayMs = 86_400_000;

    /// <summary>Any number that nothing else in the database locks; "htspart" in ASCII.</summary>
    private const long LockKey = 0x68_74_73_70_61_72_74;

    private readonly ConcurrentDictionary<long, bool> known = new();

    public static long DayOf(long ts) => ts / DayMs;

    /// <summary>Not to be called within a transaction: writers of other days go on while a partition is attached.</summary>
    public async ValueTask Ensure(NpgsqlConnection connection, IEnumerable<long> days, CancellationToken cancellation)
    {
        var missing = days.Where(d => !known.ContainsKey(d)).ToList();
        if (missing.Count == 0)
            return;
        await Make(connection, missing, cancellation);
        foreach (var day in missing)
            known[day] = true;
    }

    /// <summary>Another process may have dropped days.</summary>
    public void Forget() => known.Clear();

    /// <summary>Drops the days that ended at or before an instant, Unix ms; returns how many.</summary>
    public async Task<int> DropBefore(NpgsqlConnection connection, long ts, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Lock(connection, cancellation);
        var old = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT relid::text FROM pg_partition_tree('hts.bars') WHERE isleaf", connection))
        await using (var reader = await list.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var name = reader.GetString(0);
                var date = DateTime.ParseExact(name[^8..], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
                if (Instant.ToMs(date) + DayMs <= ts)
                    old.Add(name[(name.LastIndexOf('.') + 1)..]);
            }
        }

        foreach (var table in old)
            await Execute(connection, $"DROP TABLE hts.{table}", cancellation);
        await transaction.CommitAsync(cancellation);
        known.Clear();
        return old.Count;
    }

    private static async Task Make(NpgsqlConnection connection, List<long> days, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Lock(connection, cancellation);
        var there = await Present(connection, days, cancellation);
        var sql = new StringBuilder();
        foreach (var day in days.Where(d => !there.Contains(Table(d))))
        {
            var from = Instant.FromMs(day * DayMs);
            // Attaching takes a weaker lock than creating in place: readers and writers of other days are not held up.
            sql.Append(CultureInfo.InvariantCulture, $"CREATE TABLE hts.{Table(day)} (LIKE hts.bars INCLUDING ALL);")
                .Append(CultureInfo.InvariantCulture, $"ALTER TABLE hts.bars ATTACH PARTITION hts.{Table(day)} ")
                .Append(CultureInfo.InvariantCulture, $"FOR VALUES FROM ('{from:yyyy-MM-dd}T00:00:00Z') TO ('{from.AddDays(1):yyyy-MM-dd}T00:00:00Z');");
        }

        if (sql.Length > 0)
            await Execute(connection, sql.ToString(), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<HashSet<string>> Present(NpgsqlConnection connection, List<long> days, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'hts'::regnamespace AND relname = ANY ($1)", connection);
        find.Add([days.ConvertAll(Table).ToArray()]);
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        var there = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            there.Add(reader.GetString(0));
        return there;
    }

    private static string Table(long day) => $"bars_{Instant.FromMs(day * DayMs).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    private static Task Lock(NpgsqlConnection connection, CancellationToken cancellation) =>
        Execute(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellation);

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
