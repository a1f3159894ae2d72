using System.Diagnostics;
using Hts.Ledgers;

namespace Hts.Load.Shadows;

/// <summary>The real ledger; counts rows and notes when the champion's last one was durable.</summary>
internal sealed class TimedLedger(ILedger inner) : ILedger
{
    private long lastChampion;
    private int rows;
    private int settled;

    /// <summary>A <see cref="Stopwatch"/> timestamp.</summary>
    public long LastChampion => Volatile.Read(ref lastChampion);

    /// <summary>Rows recorded and settled since it was last asked.</summary>
    public (int Recorded, int Settled) TakeCounts() => (Interlocked.Exchange(ref rows, 0), Interlocked.Exchange(ref settled, 0));

    public async Task<bool> Record(LedgerRow row, CancellationToken cancellation)
    {
        var written = await inner.Record(row, cancellation);
        Interlocked.Increment(ref rows);
        if (row.Role == Roles.Champion)
            Volatile.Write(ref lastChampion, Stopwatch.GetTimestamp());
        return written;
    }

    public async Task<bool> Settle(Settlement settlement, CancellationToken cancellation)
    {
        var written = await inner.Settle(settlement, cancellation);
        Interlocked.Increment(ref settled);
        return written;
    }

    public Task<LedgerRow?> Newest(string symbol, string role, CancellationToken cancellation) => inner.Newest(symbol, role, cancellation);

    public Task<IReadOnlyList<LedgerRow>> Unsettled(string symbol, int limit, CancellationToken cancellation) =>
        inner.Unsettled(symbol, limit, cancellation);

    public Task<IReadOnlyList<LedgerEntry>> Read(LedgerQuery query, CancellationToken cancellation) => inner.Read(query, cancellation);
}
