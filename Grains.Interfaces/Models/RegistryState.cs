namespace Hts.Models;

/// <summary>What serves and what holds it there.</summary>
/// <param name="Epoch">In force now, or the first one to come; null when no model was ever promoted.</param>
/// <param name="Pin">Null while nothing is pinned.</param>
/// <param name="PointerProblem">Why the pointer in object storage is not followed; null while it is.</param>
/// <param name="Newest">The last promotion, in force or yet to come: what the next one replaces. Null when no model was ever promoted.</param>
[GenerateSerializer, Immutable, Alias("hts.registry-state")]
public sealed record RegistryState(
    [property: Id(0)] EpochMessage? Epoch, [property: Id(1)] PinMessage? Pin, [property: Id(2)] string? PointerProblem,
    [property: Id(3)] EpochMessage? Newest = null);
