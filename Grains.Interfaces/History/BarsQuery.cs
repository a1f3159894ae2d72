namespace Hts.History;

/// <summary>Selects bars of one symbol with from &lt;= ts &lt; to, ascending. Times and interval in ms; the interval is a multiple of the bar.</summary>
[GenerateSerializer, Immutable, Alias("hts.bars-query")]
public sealed record BarsQuery(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long IntervalMs,
    [property: Id(2)] long FromTs,
    [property: Id(3)] long ToTs,
    [property: Id(4)] int Limit);
