using System.Collections.Concurrent;
using Hts.Ledgers;

namespace Hts.Tests.Cluster;

/// <summary>The real ledger with faults in what it records.</summary>
internal sealed class FaultyLedger(ILedger inner) : ILedger
{
    private readonly ConcurrentDictionary<string, int> asked = new();

    public Fault Records { get; } = new();

    /// <summary>How often a symbol's unsettled rows were asked for.</summary>
    public int Asked(string symbol) => asked.GetValueOrDefault(symbol);

    public Task<bool> Record(LedgerRow row, CancellationToken cancellation) => Records.Around(() => inner.Record(row, cancellation));

    public Task<bool> Settle(Settlement settlement, CancellationToken cancellation) => inner.Settle(settlement, cancellation);

    public Task<LedgerRow?> Newest(string symbol, string role, CancellationToken cancellation) => inner.Newest(symbol, role, cancellation);

    public Task<IReadOnlyList<LedgerRow>> Unsettled(string symbol, int limit, CancellationToken cancellation)
    {
        asked.AddOrUpdate(symbol, 1, (_, times) => times + 1);
        return inner.Unsettled(symbol, limit, cancellation);
    }

    public Task<IReadOnlyList<LedgerEntry>> Read(LedgerQuery query, CancellationToken cancellation) => inner.Read(query, cancellation);
}
