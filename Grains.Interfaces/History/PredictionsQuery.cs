namespace Hts.History;

/// <summary>Selects predictions of one symbol with from &lt;= base_ts &lt; to, newest first; a null role means all.</summary>
[GenerateSerializer, Immutable, Alias("hts.predictions-query")]
public sealed record PredictionsQuery(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long FromTs,
    [property: Id(2)] long ToTs,
    [property: Id(3)] string? Role,
    [property: Id(4)] int Limit);
