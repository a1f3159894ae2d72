namespace Hts.Tests.Postgres;

[Alias("Hts.Tests.Postgres.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("Increment")]
    Task<int> Increment();
}
