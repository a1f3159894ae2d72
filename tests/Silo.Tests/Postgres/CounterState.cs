namespace Hts.Tests.Postgres;

[GenerateSerializer]
[Alias("Hts.Tests.Postgres.CounterState")]
public sealed class CounterState
{
    [Id(0)]
    public int Count { get; set; }
}
