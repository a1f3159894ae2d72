using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Hts.Postgres;

/// <summary>The partitions of a table of bars: a day or a month of ts each, made ahead or when a first bar comes, dropped when no longer kept.</summary>
internal sealed class BarPartitions
{
    /// <summary>
    /// How many of them one transaction makes or one statement opens: each takes places, with its key, in the server's table of locks,
    /// which is made for so many per connection and not for all partitions in each.
    /// </summary>
    public const int AtOnce = 32;

    /// <summary>Any number that nothing else in the database locks; "htspart" in ASCII.</summary>
    private const long LockKey = 0x68_74_73_70_61_72_74;

    /// <summary>How long a drop may hold up readers and writers who come while it waits for those who are there.</summary>
    private const int DropWaitMs = 500;

    private const string DroppedSuffix = "_dropped";

    private const long DayMs = 86_400_000;

    private readonly string parent;
    private readonly string nameFormat;
    private readonly Func<DateTime, DateTime> startOf;
    private readonly Func<DateTime, DateTime> next;
    private readonly ConcurrentDictionary<long, bool> known = new();

    private BarPartitions(string parent, string nameFormat, Func<DateTime, DateTime> startOf, Func<DateTime, DateTime> next)
    {
        this.parent = parent;
        this.nameFormat = nameFormat;
        this.startOf = startOf;
        this.next = next;
    }

    public static BarPartitions Daily(string parent) => new(parent, "yyyyMMdd", t => t.Date, t => t.AddDays(1));

    public static BarPartitions Monthly(string parent) =>
        new(parent, "yyyyMM", t => new DateTime(t.Year, t.Month, 1, 0, 0, 0, DateTimeKind.Utc), t => t.AddMonths(1));

    /// <summary>Start of the partition that holds an instant; both Unix ms.</summary>
    public long StartOf(long ts) => Instant.ToMs(startOf(Instant.FromMs(ts)));

    /// <summary>End of the partition that starts there, excluded.</summary>
    public long EndOf(long start) => Instant.ToMs(next(Instant.FromMs(start)));

    /// <summary>Not to be called within a transaction: writers of other partitions go on while one is attached.</summary>
    public async ValueTask Ensure(NpgsqlConnection connection, IEnumerable<long> starts, CancellationToken cancellation)
    {
        var missing = starts.Where(s => !known.ContainsKey(s)).ToList();
        if (missing.Count == 0)
            return;
        foreach (var some in missing.Chunk(AtOnce))
        {
            await Make(connection, some, cancellation);
            foreach (var start in some)
                known[start] = true;
        }
    }

    /// <summary>Another process may have dropped some.</summary>
    public void Forget() => known.Clear();

    /// <summary>Starts of all partitions, ascending.</summary>
    public async Task<List<long>> List(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var starts = await Names(
            connection, "SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass",
            $"hts.{parent}", cancellation);
        return [.. starts.Select(n => StartOf(n)).Order()];
    }

    /// <summary>
    /// Parts of a span, ascending, that together hold all that is stored in it and each lie in few partitions. What is stored has to be
    /// asked for part by part: the planner locks every partition that the bounds of a query let it meet.
    /// </summary>
    public async Task<List<(long FromTs, long ToTs)>> Parts(NpgsqlConnection connection, long fromTs, long toTs, CancellationToken cancellation)
    {
        // No partition is shorter than a day.
        if (fromTs > toTs - ((AtOnce - 1) * DayMs))
            return [(fromTs, toTs)];
        var starts = await List(connection, cancellation);
        return
        [
            .. starts.Where(s => EndOf(s) > fromTs && s < toTs).Chunk(AtOnce)
                .Select(some => (Math.Max(fromTs, some[0]), Math.Min(toTs, EndOf(some[^1])))),
        ];
    }

    /// <summary>Drops one partition. False when someone used the table for so long that it was left for later, or it may not go.</summary>
    /// <param name="mayGo">Asked when nobody can write to the table any more.</param>
    public async Task<bool> Drop(NpgsqlConnection connection, long start, Func<Task<bool>> mayGo, CancellationToken cancellation)
    {
        var table = Table(start);
        try
        {
            // Only the parting takes a lock that others feel. Removing the files, which takes longer, is nobody's wait any more.
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await Execute(
                connection,
                $"""
                SET LOCAL lock_timeout = {DropWaitMs};
                SELECT pg_advisory_xact_lock({LockKey});
                LOCK TABLE ONLY hts.{parent} IN ACCESS EXCLUSIVE MODE;
                """,
                cancellation);
            if (!await mayGo())
                return false;
            await Execute(
                connection,
                $"""
                ALTER TABLE hts.{parent} DETACH PARTITION hts.{table};
                ALTER TABLE hts.{table} RENAME TO {table}{DroppedSuffix};
                """,
                cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }

        known.TryRemove(start, out _);
        await DropDetached(connection, cancellation);
        return true;
    }

    /// <summary>Finishes drops that a crash broke off.</summary>
    public async Task DropDetached(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var tables = await Names(
            connection, "SELECT relname::text FROM pg_class WHERE relnamespace = 'hts'::regnamespace AND relkind = 'r' AND relname LIKE $1",
            $@"{parent.Replace("_", @"\_", StringComparison.Ordinal)}\_%\{DroppedSuffix}", cancellation);
        foreach (var table in tables)
            await Execute(connection, $"DROP TABLE IF EXISTS hts.{table}", cancellation);
    }

    private async Task Make(NpgsqlConnection connection, long[] starts, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellation);
        var there = await List(connection, cancellation);
        var sql = new StringBuilder();
        foreach (var start in starts.Except(there))
        {
            // Attaching takes a weaker lock than creating in place: readers and writers of other partitions are not held up.
            sql.Append(CultureInfo.InvariantCulture, $"CREATE TABLE hts.{Table(start)} (LIKE hts.{parent} INCLUDING ALL);")
                .Append(CultureInfo.InvariantCulture, $"ALTER TABLE hts.{parent} ATTACH PARTITION hts.{Table(start)} ")
                .Append(CultureInfo.InvariantCulture, $"FOR VALUES FROM ('{Instant.FromMs(start):yyyy-MM-dd}T00:00:00Z') TO ('{Instant.FromMs(EndOf(start)):yyyy-MM-dd}T00:00:00Z');");
        }

        if (sql.Length > 0)
            await Execute(connection, sql.ToString(), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private string Table(long start) => $"{parent}_{Instant.FromMs(start).ToString(nameFormat, CultureInfo.InvariantCulture)}";

    private long StartOf(string table) => Instant.ToMs(DateTime.ParseExact(
        table[(parent.Length + 1)..], nameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));

    private static async Task<List<string>> Names(NpgsqlConnection connection, string sql, string parameter, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
