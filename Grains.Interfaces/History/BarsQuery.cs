namespace Hts.History;

/// <summary>Selects bars of one symbol with from &lt;= ts &lt; to, ascending. Times and interval in ms; the interval is a multiple of the bar.</summary>
/// <param name="OrEarlier">Where the span holds none: those of a span of the same length that ends with the newest bar before it.</param>
[GenerateSerializer, Immutable, Alias("hts.bars-query")]
public sealed record BarsQuery(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long IntervalMs,
    [property: Id(2)] long FromTs,
    [property: Id(3)] long ToTs,
    [property: Id(4)] int Limit,
    [property: Id(5)] bool OrEarlier = false);
