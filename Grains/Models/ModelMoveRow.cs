namespace Hts.Models;

/// <summary>A line of the registry's history.</summary>
/// <param name="Id">0 before it is stored; ascends.</param>
/// <param name="Action">One of <see cref="MoveActions"/>.</param>
/// <param name="Version">The model it is about; null when another writer's pointer names none.</param>
/// <param name="Epoch">The epoch it made, with the slot that this cluster serves it from; null when it made none.</param>
/// <param name="Pointer">Digest of another writer's pointer that was taken or refused.</param>
public sealed record ModelMoveRow(
    long Id, long At, string Action, string? Version, EpochMessage? Epoch, string By, string Reason, string? Pointer);
