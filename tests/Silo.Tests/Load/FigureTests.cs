using Hts.Load.Feed;
using Hts.Load.Figures;

namespace Hts.Tests.Load;

public sealed class FigureTests
{
    [Fact]
    public void Percentiles_are_values_that_were_seen() =>
        Spread.Of(Enumerable.Range(1, 1_000).Reverse().Select(value => (double)value)).ShouldBe(new Spread(1_000, 500, 900, 990, 1_000));

    [Fact]
    public void One_value_is_every_percentile() => Spread.Of([7]).ShouldBe(new Spread(1, 7, 7, 7, 7));

    [Fact]
    public void A_line_has_the_slope_of_its_points()
    {
        var line = Line.Through([(1, 5), (2, 7), (3, 9)]);

        line.Slope.ShouldBe(2, 1e-12);
        line.Mean.ShouldBe(7, 1e-12);
    }

    [Fact]
    public void Memory_is_flat_when_only_its_first_third_grew() => Growth.Of(Samples(seconds => Math.Min(seconds, 200)), Resident).IsFlat.ShouldBeTrue();

    [Fact]
    public void Memory_that_grows_on_is_not_flat()
    {
        var growth = Growth.Of(Samples(seconds => seconds), Resident);

        growth.IsFlat.ShouldBeFalse();
        growth.PerMinute.ShouldBe(60, 1e-6);
    }

    private static double Resident(UseSample sample) => sample.ResidentMegabytes;

    private static UseSample[] Samples(Func<double, double> megabytes) =>
        [.. Enumerable.Range(0, 61).Select(i => new UseSample(i * 10, 300 + megabytes(i * 10), double.NaN, null, 0))];
}
