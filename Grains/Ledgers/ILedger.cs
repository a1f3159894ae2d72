namespace Hts.Ledgers;

/// <summary>The table of all predictions. A row is written once and settled once; nothing else changes it.</summary>
public interface ILedger
{
    /// <summary>Returns when durable; false when (symbol, base_ts, role) already had a row, which then stays as it is.</summary>
    Task<bool> Record(LedgerRow row, CancellationToken cancellation);

    /// <summary>Returns when durable; false when the row does not exist or was settled before.</summary>
    Task<bool> Settle(Settlement settlement, CancellationToken cancellation);

    Task<LedgerRow?> Newest(string symbol, string role, CancellationToken cancellation);

    /// <summary>Rows of a symbol, all roles, that await their settlement, oldest first.</summary>
    Task<IReadOnlyList<LedgerRow>> Unsettled(string symbol, int limit, CancellationToken cancellation);

    Task<IReadOnlyList<LedgerEntry>> Read(LedgerQuery query, CancellationToken cancellation);
}
