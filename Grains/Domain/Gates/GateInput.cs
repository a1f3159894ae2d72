namespace Hts.Gates;

/// <summary>What the gate decides on.</summary>
/// <param name="ChallengerVersion">The candidate.</param>
/// <param name="ChampionVersion">
/// The model in use; null on a fresh system, and when the one in use can no longer serve because features or strategies have changed.
/// </param>
/// <param name="ChallengerIsCond">The candidate is the <c>cond</c> table itself, the model that a fresh system starts with.</param>
/// <param name="Slots">Purged slots, each with every loss: the same ones for all models.</param>
public sealed record GateInput(string ChallengerVersion, string? ChampionVersion, bool ChallengerIsCond, IReadOnlyList<GateSlot> Slots);
