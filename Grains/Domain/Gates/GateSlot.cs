namespace Hts.Gates;

/// <summary>
/// How the compared models fared in one slot of one symbol that none was fitted on. Losses are <see cref="Scores.Huber.SlotLoss"/>.
/// </summary>
/// <param name="BaseTs">Instant of decision, Unix ms UTC.</param>
/// <param name="Champion">Loss of the model in use; null when there is none or it could not answer.</param>
/// <param name="Challenger">Loss of the candidate; NaN when an output was not finite.</param>
/// <param name="Cond">Loss of the <c>cond</c> table fitted on the candidate's training part.</param>
/// <param name="Symbol">Number of the symbol.</param>
/// <param name="Anchor">Loss of the anchor; null when there is none or it could not answer.</param>
/// <param name="Coverage">Share of the outcomes within the candidate's intervals; null when it gave none.</param>
public readonly record struct GateSlot(
    long BaseTs, double? Champion, double Challenger, double Cond, int Symbol = 0, double? Anchor = null, double? Coverage = null);
