namespace Hts.Models;

/// <summary>A line of the registry's history.</summary>
/// <param name="Id">Ascends.</param>
/// <param name="At">When, Unix ms.</param>
/// <param name="Action">"promote", "rollback", "take" (another writer's pointer), "refuse" (the same), "pin" or "unpin".</param>
/// <param name="Version">The model it is about; null when another writer's pointer names none.</param>
/// <param name="Epoch">The epoch that it made; null when it made none.</param>
/// <param name="EffectiveFrom">First slot of that epoch in this cluster, Unix ms.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("hts.model-move")]
public sealed record ModelMoveMessage(
    [property: Id(0)] long Id,
    [property: Id(1)] long At,
    [property: Id(2)] string Action,
    [property: Id(3)] string? Version,
    [property: Id(4)] long? Epoch,
    [property: Id(5)] long? EffectiveFrom,
    [property: Id(6)] string By,
    [property: Id(7)] string Reason);
