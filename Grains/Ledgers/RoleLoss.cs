namespace Hts.Ledgers;

/// <summary>A role's mean loss beside the champion's; Huber in σ units.</summary>
/// <param name="Slots">Slots that both have a loss for.</param>
/// <param name="Champion">The champion's mean loss on those slots.</param>
public sealed record RoleLoss(string Role, long Slots, double Loss, double Champion);
