using Hts.Json;

namespace Hts.Models;

/// <summary>A promotion: one model for the whole cluster from one slot on.</summary>
/// <param name="Epoch">Ascends by one with each promotion.</param>
/// <param name="EffectiveFrom">First slot it serves.</param>
/// <param name="By">Who made it: the name of a key, "training", "command", "rest" (without keys) or "another writer".</param>
internal sealed record EpochView(
    long Epoch, string Version, UtcTime EffectiveFrom, string Uri, string Sha256, string JobName, string TrainUri, UtcTime UpdatedAt, string Reason,
    string By)
{
    public static EpochView From(EpochMessage m) => new(
        m.Number, m.Version, new UtcTime(m.EffectiveFrom), m.Uri, m.Sha256, m.JobName, m.TrainUri, new UtcTime(m.UpdatedAt), m.Reason, m.By);
}
