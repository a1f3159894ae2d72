namespace Hts.Bars;

/// <summary>What became of the posted bars; the accepted ones are durable.</summary>
/// <param name="Unchanged">Rows that were stored already, exactly so.</param>
internal sealed record BarsReceipt(int Accepted, int Unchanged, int Rejected, IReadOnlyList<BarRejection> Rejections);
