namespace Hts.History;

/// <summary>One hour of <see cref="QualityMessage"/>, as far as the span goes; the feed's counts are always of the whole hour.</summary>
/// <param name="Ts">Start of the hour, Unix ms.</param>
/// <param name="Lag">Null when no bar was received live, or the hour's bars are no longer kept.</param>
[GenerateSerializer, Immutable, Alias("hts.hour-quality")]
public sealed record HourQuality(
    [property: Id(0)] long Ts,
    [property: Id(1)] int Expected,
    [property: Id(2)] int Bars,
    [property: Id(3)] int Flat,
    [property: Id(4)] int Revised,
    [property: Id(5)] int Backfilled,
    [property: Id(6)] LagMessage? Lag,
    [property: Id(7)] TallyMessage Counts);
