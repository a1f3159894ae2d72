namespace Hts.Ledgers;

/// <summary>A ledger row with its settlement, if there is one.</summary>
/// <param name="Sequence">Number of the row's newest change; ascends over the whole ledger.</param>
public sealed record LedgerEntry(LedgerRow Row, Settlement? Settlement, long Sequence);
