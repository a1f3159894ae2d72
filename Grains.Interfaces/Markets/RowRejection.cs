namespace Hts.Markets;

/// <summary>A refused row: its index in the batch and the rule it broke.</summary>
[GenerateSerializer, Immutable, Alias("hts.row-rejection")]
public sealed record RowRejection([property: Id(0)] int Index, [property: Id(1)] string Rule);
