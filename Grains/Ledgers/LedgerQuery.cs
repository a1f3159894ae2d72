namespace Hts.Ledgers;

/// <summary>Selects ledger entries with fromTs &lt;= base_ts &lt; toTs, newest first unless asked otherwise.</summary>
/// <param name="Symbol">Null for all symbols.</param>
/// <param name="Role">Null for all roles.</param>
/// <param name="SettledOnly">Only entries with an outcome.</param>
/// <param name="OldestFirst">In the order of time.</param>
public sealed record LedgerQuery(string? Symbol, long FromTs, long ToTs, string? Role, bool SettledOnly, int Limit, bool OldestFirst = false);
