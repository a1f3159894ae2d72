using CsCheck;
using Hts.Models;

namespace Hts.Tests.Models;

public sealed class ComposerTests
{
    private const double Cost = 0.0005;
    private static readonly TargetLayout Layout = new(PlantedMarket.Strategies);
    private static readonly OutputRange[] Ranges =
        [.. Enumerable.Range(0, Layout.OutputCount).Select(t => t < Layout.GrossCount ? new OutputRange(-4, 4) : new OutputRange(0, 6))];

    [Fact]
    public void Net_is_gross_less_cost_of_the_sides_and_short_mirrors_long() =>
        Gen.Double[-10, 10].Array[Layout.OutputCount].Select(Gen.Double[0, 0.05], Gen.Double[0, 1]).Sample((outputs, sigma, slope) =>
        {
            var (gross, sides, net) = Compose(outputs, sigma, slope);
            for (var s = 0; s < 6; s++)
            {
                net[s].ShouldBe(gross[s] - (Cost * sides[s]));
                sides[s].ShouldBeInRange(0, 6);
                Math.Abs(gross[s]).ShouldBeLessThanOrEqualTo(4 * sigma * slope);
            }
            sides[4].ShouldBe(2);
            sides[5].ShouldBe(2);
            gross[5].ShouldBe(-gross[4]);
            net[5].ShouldBe((-4 * Cost) - net[4], 1e-15);
        });

    [Fact]
    public void Hand_computed_row()
    {
        var (gross, sides, net) = Compose([1, -2, 0.5, 0, 3, 2, 0, -1, 9], sigma: 0.01, slope: 0.5);

        gross.ShouldBe([0.005, -0.01, 0.0025, 0, 0.015, -0.015], 1e-15);
        sides.ShouldBe([2, 0, 0, 6, 2, 2]);
        net.ShouldBe([0.004, -0.01, 0.0025, -0.003, 0.014, -0.016], 1e-15);
    }

    [Fact]
    public void A_seventh_strategy_gets_its_outputs_wherever_it_stands()
    {
        var layout = new TargetLayout(["long_hold", "a", "b", "short_hold", "c", "d", "e"]);

        layout.OutputCount.ShouldBe(11);
        layout.Active.ToArray().ShouldBe([1, 2, 4, 5, 6]);
        layout.Stands(4, [0, 0, 1, 0, 0]).ShouldBeTrue();
        layout.Stands(0, [1, 1, 1, 1, 1]).ShouldBeFalse();
        layout.ActiveOf(5).ShouldBe(-1);
        layout.ActiveOf(6).ShouldBe(0);
    }

    [Fact]
    public void A_set_without_a_hold_is_no_layout() =>
        Should.Throw<ArgumentException>(() => new TargetLayout(["a", "long_hold"])).Message.ShouldContain("short_hold");

    private static (double[] Gross, double[] Sides, double[] Net) Compose(double[] outputs, double sigma, double slope)
    {
        var (gross, sides, net) = (new double[6], new double[6], new double[6]);
        new Composer(Layout, Cost, slope, Ranges).Compose(outputs, sigma, gross, sides, net);
        return (gross, sides, net);
    }
}
