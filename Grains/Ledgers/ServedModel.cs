namespace Hts.Ledgers;

/// <summary>How a model did while it served.</summary>
/// <param name="Slots">Slots that it and <c>cond</c> have a loss for.</param>
/// <param name="GainOverCond">Mean loss of <c>cond</c> less its own, Huber in σ units: comparable between times of other volatility.</param>
/// <param name="LastTs">The last of those slots, Unix ms UTC.</param>
public sealed record ServedModel(string Version, long Slots, double GainOverCond, long LastTs);
