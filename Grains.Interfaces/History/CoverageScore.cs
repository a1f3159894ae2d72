namespace Hts.History;

/// <summary>How many outcomes lay within their 90 % interval, apart for "own position stands" at the decision and "flat".</summary>
/// <param name="Coverage">Share within, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("hts.coverage-score")]
public sealed record CoverageScore(
    [property: Id(0)] string Strategy, [property: Id(1)] bool Standing, [property: Id(2)] int Count, [property: Id(3)] double Coverage);
