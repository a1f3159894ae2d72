using Hts.Json;

namespace Hts.Models;

/// <summary>A line of the history of the serving model.</summary>
/// <param name="Action">"promote", "rollback", "take" (another writer's pointer is followed), "refuse" (it is not), "pin" or "unpin".</param>
/// <param name="Version">The model it is about; null when another writer's pointer names none.</param>
/// <param name="Epoch">The epoch that it made; null when it made none.</param>
/// <param name="EffectiveFrom">First slot of that epoch.</param>
/// <param name="By">Who: the name of a key, "training", "command", "rest" (without keys) or "another writer".</param>
/// <param name="Reason">Why.</param>
internal sealed record ModelMoveView(
    long Id, UtcTime At, string Action, string? Version, long? Epoch, UtcTime? EffectiveFrom, string By, string Reason)
{
    public static ModelMoveView From(ModelMoveMessage m) =>
        new(m.Id, new UtcTime(m.At), m.Action, m.Version, m.Epoch, UtcTime.From(m.EffectiveFrom), m.By, m.Reason);
}
