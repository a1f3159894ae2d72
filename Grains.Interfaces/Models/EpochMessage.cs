namespace Hts.Models;

/// <summary>A promotion: one model for the whole cluster from one slot on.</summary>
/// <param name="Number">Ascends by one with each promotion, from 1.</param>
/// <param name="EffectiveFrom">First slot it serves, Unix ms.</param>
/// <param name="Uri">Address of the artefact in object storage.</param>
/// <param name="Sha256">Checksum of the artefact, lower-case hex.</param>
/// <param name="By">Who made it: the name of a key, "training", "command", "another writer"; empty in records from before it was kept.</param>
[GenerateSerializer, Immutable, Alias("hts.epoch")]
public sealed record EpochMessage(
    [property: Id(0)] long Number,
    [property: Id(1)] string Version,
    [property: Id(2)] long EffectiveFrom,
    [property: Id(3)] string Uri,
    [property: Id(4)] string Sha256,
    [property: Id(5)] string JobName,
    [property: Id(6)] string TrainUri,
    [property: Id(7)] long UpdatedAt,
    [property: Id(8)] string Reason,
    [property: Id(9)] string By = "");
