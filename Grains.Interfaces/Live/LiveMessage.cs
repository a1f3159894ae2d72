using Hts.Feeds;
using Hts.History;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;

namespace Hts.Live;

/// <summary>One thing that happened, for whoever watches. Exactly one of the payloads is set.</summary>
/// <param name="Kind">"bar", "prediction", "settlement", "model", "event" or "feed".</param>
/// <param name="Symbol">Null when it concerns all.</param>
[GenerateSerializer, Immutable, Alias("hts.live")]
public sealed record LiveMessage(
    [property: Id(0)] string Kind,
    [property: Id(1)] string? Symbol,
    [property: Id(2)] BarMessage? Bar,
    [property: Id(3)] PredictionMessage? Prediction,
    [property: Id(4)] EpochMessage? Model,
    [property: Id(5)] EventMessage? Event,
    [property: Id(6)] FeedStatusMessage? Feed);
