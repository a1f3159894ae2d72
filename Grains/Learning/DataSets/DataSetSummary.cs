namespace Hts.DataSets;

/// <summary>What a data set holds and what it left out.</summary>
/// <param name="Rows">Rows written.</param>
/// <param name="RowsBySymbol">The same by symbol.</param>
/// <param name="LeftOut">Windows left out, by cause: "warming up", "gap", "incomplete window", "after the end".</param>
/// <param name="BackfilledTextRows">Rows that hold a text which came in after their instant: no live row had it.</param>
public sealed record DataSetSummary(
    long Rows, IReadOnlyDictionary<string, long> RowsBySymbol, IReadOnlyDictionary<string, long> LeftOut, long BackfilledTextRows = 0);
