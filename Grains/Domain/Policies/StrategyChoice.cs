namespace Hts.Policies;

/// <summary>The strategy to run over a slot, or none.</summary>
/// <param name="Strategy">Index within the strategy set; null for none.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
public readonly record struct StrategyChoice(int? Strategy, string Reason);
