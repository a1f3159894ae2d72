namespace Hts.History;

/// <summary>A shadow's mean loss beside the champion's on the same slots; Huber in σ units, lower is better.</summary>
/// <param name="Role">A role of the ledger, or "zero" or "mean": no return at all, and the training mean of the model that predicted.</param>
/// <param name="Champion">The champion's mean loss on those slots.</param>
[GenerateSerializer, Immutable, Alias("hts.role-score")]
public sealed record RoleScore(
    [property: Id(0)] string Role, [property: Id(1)] int Slots, [property: Id(2)] double Loss, [property: Id(3)] double Champion);
