using Hts.Scores;

namespace Hts.Tests.Scores;

public sealed class StudentTTests
{
    /// <summary>Values of the published tables.</summary>
    [Theory]
    [InlineData(0.05, 1, 6.3138)]
    [InlineData(0.025, 2, 4.3027)]
    [InlineData(0.01, 19, 2.5395)]
    [InlineData(0.025, 19, 2.0930)]
    [InlineData(0.005, 60, 2.6603)]
    [InlineData(0.025, 100_000, 1.9600)]
    [InlineData(0.5, 7, 0)]
    public void Quantiles_are_those_of_the_tables(double tail, int freedom, double expected) =>
        StudentT.Quantile(tail, freedom).ShouldBe(expected, 1e-4);

    [Fact]
    public void A_probability_of_nought_has_no_quantile() =>
        Should.Throw<ArgumentOutOfRangeException>(() => StudentT.Quantile(0, 5)).ParamName.ShouldBe("tail");
}
