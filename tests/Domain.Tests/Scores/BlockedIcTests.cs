using Hts.Scores;

namespace Hts.Tests.Scores;

public sealed class BlockedIcTests
{
    private const long Day = 86_400_000;

    [Fact]
    public void With_one_column_it_is_pearsons_correlation()
    {
        var random = new Random(1);
        var (ts, forecasts, outcomes) = Series(random, 500, shared: 0);
        var correlation = new Correlation();
        for (var i = 0; i < ts.Length; i++)
            correlation.Add(forecasts[i], outcomes[i]);

        BlockedIc.Of(ts, forecasts, outcomes, 1).Value!.Value.ShouldBe(correlation.Value!.Value, 1e-12);
    }

    [Fact]
    public void Means_that_differ_between_columns_are_no_skill()
    {
        // Forecast and outcome of the second column are both high, always: that says nothing about any slot.
        var random = new Random(2);
        var (ts, forecasts, outcomes) = Series(random, 2000, shared: 0);
        for (var i = 1; i < forecasts.Length; i += 2)
            (forecasts[i], outcomes[i]) = (forecasts[i] + 5, outcomes[i] + 5);

        var ic = BlockedIc.Of(ts.Where((_, i) => i % 2 == 0).ToArray(), forecasts, outcomes, 2);

        Math.Abs(ic.T!.Value).ShouldBeLessThan(4);
    }

    [Fact]
    public void Blocks_are_days_where_there_are_enough_and_equal_parts_where_not()
    {
        var hours = Enumerable.Range(0, 30 * 24).Select(h => h * 3_600_000L).ToArray();
        var values = hours.Select(h => Math.Sin(h)).ToArray();

        BlockedIc.Of(hours, values, values, 1).Blocks.ShouldBe(30);
        BlockedIc.Of(hours[..100], values[..100], values[..100], 1).Blocks.ShouldBe(20);
        BlockedIc.Of(hours[..1], values[..1], values[..1], 1).ShouldBe(new BlockedIc(null, null, 1, 1));
    }

    [Fact]
    public void Sums_over_days_give_what_the_pairs_give()
    {
        var random = new Random(4);
        var hours = Enumerable.Range(0, 25 * 24).Select(h => h * 3_600_000L).ToArray();
        var forecasts = hours.Select(_ => random.NextDouble() + 3).ToArray();
        var outcomes = forecasts.Select(f => f + (4 * random.NextDouble())).ToArray();
        var days = hours.Select((ts, i) => (Day: ts / Day, Pair: new PairSums(1, forecasts[i], outcomes[i], forecasts[i] * forecasts[i], outcomes[i] * outcomes[i], forecasts[i] * outcomes[i])))
            .GroupBy(h => h.Day, h => h.Pair).Select(day => day.Aggregate((a, b) => a + b)).ToArray();

        var (pairs, sums) = (BlockedIc.Of(hours, forecasts, outcomes, 1), BlockedIc.Of(days));

        (sums.Blocks, sums.Rows).ShouldBe((25, 600));
        sums.Value!.Value.ShouldBe(pairs.Value!.Value, 1e-9);
        sums.Error!.Value.ShouldBe(pairs.Error!.Value, 1e-9);
        BlockedIc.Of([]).ShouldBe(new BlockedIc(null, null, 0, 0));
        BlockedIc.Of([new PairSums(2, 6, 3, 18, 5, 9)]).Value.ShouldBeNull("the forecast does not vary");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void Chance_exceeds_the_limit_as_often_as_promised_however_much_hangs_together_in_a_slot(double shared)
    {
        const int runs = 4000;
        var random = new Random(3);
        var limit = StudentT.Quantile(0.05, BlockedIc.EnoughDays - 1);
        var alarms = 0;
        for (var run = 0; run < runs; run++)
        {
            var (ts, forecasts, outcomes) = Series(random, 200, shared);
            if (BlockedIc.Of(ts, forecasts, outcomes, 1).T > limit)
                alarms++;
        }

        // 5 % ± 3.5 standard errors of .34 %.
        ((double)alarms / runs).ShouldBeInRange(0.038, 0.062);
    }

    /// <summary>Pairs of rows a slot, ten minutes apart, that share a part of their forecasts and of their outcomes.</summary>
    private static (long[] Ts, double[] Forecasts, double[] Outcomes) Series(Random random, int rows, double shared)
    {
        var ts = new long[rows];
        var forecasts = new double[rows];
        var outcomes = new double[rows];
        for (var i = 0; i < rows; i += 2)
        {
            double f = Normal(random), y = Normal(random);
            for (var k = i; k < Math.Min(i + 2, rows); k++)
            {
                ts[k] = Day + (i / 2 * 600_000L);
                forecasts[k] = (shared * f) + ((1 - shared) * Normal(random));
                outcomes[k] = (shared * y) + ((1 - shared) * Normal(random));
            }
        }
        return (ts, forecasts, outcomes);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
