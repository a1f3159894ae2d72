namespace Hts.DataSets;

/// <summary>What came of making rows again.</summary>
/// <param name="Checked">Rows made again.</param>
/// <param name="Differing">Those that came out otherwise.</param>
/// <param name="Leak">The finding in a sentence; null when all rows are equal.</param>
public sealed record RowAuditReport(int Checked, int Differing, string? Leak);
