using Hts.Training;

namespace Hts.Tests.Training;

public sealed class QuantilesTests
{
    [Fact]
    public void Quantiles_lie_between_order_statistics() =>
        Quantiles.Of([1, 2, 4, 8], 0.5).ShouldBe(3);

    [Fact]
    public void Conformal_ends_are_order_statistics_that_allow_for_one_more_draw()
    {
        var values = Enumerable.Range(1, 99).Select(i => (double)i).ToArray();

        Quantiles.Conformal(values, 0.9).ShouldBe((5, 95));
        Quantiles.Conformal([1, 2, 3], 0.9).ShouldBe((1, 3));
    }
}
