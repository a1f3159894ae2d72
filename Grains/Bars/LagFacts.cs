namespace Hts.Bars;

/// <summary>Time from the ends of bars to their receipt, in ms: over bars received live and never revised, since a revision is known at its own time.</summary>
public sealed record LagFacts(int Count, double P50, double P90, double P99, double Max);
