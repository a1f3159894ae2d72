using Npgsql;

namespace Hts.Postgres;

/// <summary>What a database needs beside its readers and writers: partitions ahead of time, roll-ups, and an end to what is no longer kept.</summary>
internal sealed class StorageUpkeep(NpgsqlDataSource database, BarPartitions days, BarPartitions months)
{
    private const long DayMs = 86_400_000;

    /// <summary>Any number that nothing else in the database locks; "htskeep" in ASCII.</summary>
    private const long LockKey = 0x68_74_73_6B_65_65_70;

    private readonly RollUps rollUps = new(months);

    /// <summary>One round. Every process makes partitions ahead; the rest is done by one at a time, so a round may do nothing of it.</summary>
    /// <param name="nowMs">The market's time.</param>
    public async Task<UpkeepReport> Run(RetentionOptions options, long nowMs, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // Another process may have dropped what we think is there.
        days.Forget();
        await days.Ensure(connection, Enumerable.Range(0, options.DaysAhead + 1).Select(d => days.StartOf(nowMs + (d * DayMs))), cancellation);
        if (!await TryLock(connection, cancellation))
            return new UpkeepReport(0, [], [], 0, true);
        try
        {
            var hours = await rollUps.Run(connection, nowMs - (options.RollUpAfterMinutes * 60_000L), cancellation);
            var droppedDays = await Drop(connection, days, Before(options.BarDays, nowMs), DayMayGo, cancellation);
            var droppedMonths = await Drop(connection, months, Before(options.RollUpDays, nowMs), _ => Task.FromResult(true), cancellation);
            var states = await OldStates.Thin(connection, Before(options.StateDays, nowMs), cancellation);
            return new UpkeepReport(hours, droppedDays.Dropped, droppedMonths.Dropped, states, droppedDays.Complete && droppedMonths.Complete);
        }
        finally
        {
            // A broken connection has given the lock back already.
            if (connection.State == System.Data.ConnectionState.Open)
                await Execute(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }

        async Task<bool> DayMayGo(long start) =>
            await HistoryLock.TryClose(connection, cancellation) && await RollUps.Holds(connection, start, days.EndOf(start), cancellation);
    }

    /// <summary>From the oldest on, so that no hole is left behind; the first that cannot be dropped now ends it.</summary>
    private static async Task<(List<long> Dropped, bool Complete)> Drop(
        NpgsqlConnection connection, BarPartitions partitions, long? beforeTs, Func<long, Task<bool>> mayGo, CancellationToken cancellation)
    {
        await partitions.DropDetached(connection, cancellation);
        var dropped = new List<long>();
        foreach (var start in await partitions.List(connection, cancellation))
        {
            if (!(partitions.EndOf(start) <= beforeTs))
                break;
            // Asked without holding anybody up, and again when nobody writes.
            if (!await mayGo(start) || !await partitions.Drop(connection, start, () => mayGo(start), cancellation))
                return (dropped, false);
            dropped.Add(start);
        }

        return (dropped, true);
    }

    private static long? Before(int keptDays, long nowMs) => keptDays == 0 ? null : nowMs - (keptDays * DayMs);

    private static async Task<bool> TryLock(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
