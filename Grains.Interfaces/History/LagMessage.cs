namespace Hts.History;

/// <summary>Seconds from the ends of bars to their receipt, over bars received live and never revised.</summary>
[GenerateSerializer, Immutable, Alias("hts.lag")]
public sealed record LagMessage(
    [property: Id(0)] int Count,
    [property: Id(1)] double P50,
    [property: Id(2)] double P90,
    [property: Id(3)] double P99,
    [property: Id(4)] double Max);
