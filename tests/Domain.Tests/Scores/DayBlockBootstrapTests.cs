using Hts.Scores;

namespace Hts.Tests.Scores;

public sealed class DayBlockBootstrapTests
{
    [Fact]
    public void Each_draw_has_as_many_days_as_there_are()
    {
        var bootstrap = new DayBlockBootstrap(30, draws: 50);

        for (var draw = 0; draw < bootstrap.Draws; draw++)
            bootstrap.Times(draw).ToArray().Sum().ShouldBe(30);
    }

    [Fact]
    public void Days_that_are_all_alike_leave_no_doubt() =>
        new DayBlockBootstrap(20).Ratio(Repeat(20, 3), Repeat(20, 4)).ShouldBe((0.75, 0.75));

    [Fact]
    public void The_interval_of_a_mean_is_the_normal_one_when_days_are_many()
    {
        const int days = 400;
        var random = new Random(5);
        var values = Enumerable.Range(0, days).Select(_ => 1 + (2 * Normal(random))).ToArray();
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / days / days);

        var (low, high) = new DayBlockBootstrap(days, draws: 4000).Ratio(values, Repeat(days, 1))!.Value;

        low.ShouldBe(mean - (1.96 * error), 0.15 * error);
        high.ShouldBe(mean + (1.96 * error), 0.15 * error);
    }

    [Fact]
    public void What_hangs_together_within_a_day_does_not_narrow_the_interval()
    {
        // Ten slots a day that all say the same are one day, not ten.
        var random = new Random(6);
        var once = Enumerable.Range(0, 60).Select(_ => Normal(random)).ToArray();
        var tenfold = once.Select(v => 10 * v).ToArray();
        var bootstrap = new DayBlockBootstrap(60);

        var single = bootstrap.Ratio(once, Repeat(60, 1))!.Value;
        var copies = bootstrap.Ratio(tenfold, Repeat(60, 10))!.Value;

        copies.Low.ShouldBe(single.Low, 1e-12);
        copies.High.ShouldBe(single.High, 1e-12);
    }

    [Fact]
    public void The_interval_holds_the_truth_about_as_often_as_it_says()
    {
        var held = 0;
        var random = new Random(7);
        for (var run = 0; run < 300; run++)
        {
            var values = Enumerable.Range(0, 60).Select(_ => Normal(random)).ToArray();
            var (low, high) = new DayBlockBootstrap(60, 400, (ulong)run).Ratio(values, Repeat(60, 1))!.Value;
            held += low <= 0 && high >= 0 ? 1 : 0;
        }

        (held / 300.0).ShouldBeInRange(0.90, 0.98);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Too_few_days_have_no_interval(int filled, bool has)
    {
        double[] counts = [.. Repeat(filled, 1), .. Repeat(20 - filled, 0)];

        new DayBlockBootstrap(filled).Interval(Repeat(1000, 1)).HasValue.ShouldBe(has);
        new DayBlockBootstrap(20).Ratio(counts, counts).HasValue.ShouldBe(has);
    }

    [Fact]
    public void Equal_seeds_draw_the_same_days_and_others_do_not()
    {
        var first = new DayBlockBootstrap(40, seed: 9);

        new DayBlockBootstrap(40, seed: 9).Times(17).ToArray().ShouldBe(first.Times(17).ToArray());
        new DayBlockBootstrap(40, seed: 10).Times(17).ToArray().ShouldNotBe(first.Times(17).ToArray());
    }

    [Fact]
    public void Draws_that_cannot_be_scored_are_left_out_until_they_are_most()
    {
        var bootstrap = new DayBlockBootstrap(10, draws: 100);
        var values = Enumerable.Range(0, 100).Select(i => i < 40 ? double.NaN : 1.0).ToArray();

        bootstrap.Interval(values).ShouldBe((1.0, 1.0));
        bootstrap.Interval([.. values.Select((v, i) => i < 60 ? double.NaN : v)]).ShouldBeNull();
    }

    private static double[] Repeat(int count, double value) => [.. Enumerable.Repeat(value, count)];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
