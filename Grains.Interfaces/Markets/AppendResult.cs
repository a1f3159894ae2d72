namespace Hts.Markets;

/// <summary>What became of each bar of an append, in the order given; all accepted bars are durable.</summary>
/// <param name="Rejections">Index and broken rule of each bar that was refused.</param>
[GenerateSerializer, Immutable, Alias("hts.append-result")]
public sealed record AppendResult(
    [property: Id(0)] int Accepted,
    [property: Id(1)] int Unchanged,
    [property: Id(2)] IReadOnlyList<RowRejection> Rejections);
