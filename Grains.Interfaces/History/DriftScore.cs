namespace Hts.History;

/// <summary>What the newest whole day says about drift, all symbols together.</summary>
/// <param name="Watched">"features" or "errors".</param>
/// <param name="DayTs">The day's start, Unix ms UTC.</param>
/// <param name="Days">Days that it was held against.</param>
/// <param name="Strangeness">How much farther off it lies than a usual day, in its strangest channel: 1 is usual.</param>
/// <param name="PValue">Share of such days that lie as far off when nothing has changed; null while too few days are known.</param>
/// <param name="Channel">Name of the strangest channel: a feature, or a strategy.</param>
/// <param name="Alarm">True when the p-value does not exceed the configured rate of false alarms.</param>
[GenerateSerializer, Immutable, Alias("hts.drift-score")]
public sealed record DriftScore(
    [property: Id(0)] string Watched,
    [property: Id(1)] long DayTs,
    [property: Id(2)] int Days,
    [property: Id(3)] double Strangeness,
    [property: Id(4)] double? PValue,
    [property: Id(5)] string Channel,
    [property: Id(6)] bool Alarm);
