namespace Hts.Models;

/// <summary>A model of the catalogue. Metrics and decision are JSON documents.</summary>
/// <param name="State">"candidate", "champion", "retired" or "rejected".</param>
[GenerateSerializer, Immutable, Alias("hts.model")]
public sealed record ModelMessage(
    [property: Id(0)] string Version,
    [property: Id(1)] string Kind,
    [property: Id(2)] string State,
    [property: Id(3)] long? Epoch,
    [property: Id(4)] long? EffectiveFrom,
    [property: Id(5)] string Uri,
    [property: Id(6)] string Sha256,
    [property: Id(7)] string JobName,
    [property: Id(8)] string TrainUri,
    [property: Id(9)] long CreatedAt,
    [property: Id(10)] string Reason,
    [property: Id(11)] string MetricsJson,
    [property: Id(12)] string DecisionJson);
