using Hts.Intervals;

namespace Hts.Tests.Intervals;

/// <summary>Four months of slots whose noise drifts; a settlement is known two slots after its decision, as it is live.</summary>
public sealed class DriftingNoiseTests
{
    private const int Month = 4380;
    private const int Delay = 2;
    private static readonly IntervalEnds Start = new(-1.645, 1.645);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_month_standing_and_flat_are_covered_within_two_points_however_the_noise_drifts(int seed)
    {
        foreach (var coverage in Months(new OnlineIntervals(1), seed))
            coverage.ShouldBeInRange(0.88, 0.92);
    }

    [Fact]
    public void Ends_that_do_not_learn_miss_the_same_noise() =>
        Months(new OnlineIntervals(1, new() { MinResiduals = 1000 }), seed: 1).ShouldContain(coverage => coverage < 0.86 || coverage > 0.94);

    /// <returns>Coverage month by month, flat and standing.</returns>
    private static List<double> Months(OnlineIntervals intervals, int seed)
    {
        var random = new Random(seed);
        Queue<(long Slot, bool Stands, double Residual, bool Held)> open = new();
        List<double> coverages = [];
        var stands = false;
        for (var month = 0; month < 4; month++)
        {
            int[] held = [0, 0], all = [0, 0];
            for (long slot = month * Month; slot < (month + 1) * Month; slot++)
            {
                // States last for some slots; the noise has weeks, days and fat tails.
                stands = random.NextDouble() < 0.2 ? !stands && random.NextDouble() < 0.6 : stands;
                var scale = Math.Exp((0.5 * Math.Sin(slot / 700.0)) + (0.3 * Math.Sin(slot / 23.0))) * (stands ? 1.2 : 0.4);
                var residual = scale * Normal(random) * (random.NextDouble() < 0.05 ? 3 : 1);
                var hit = intervals.Ends(0, stands, Start).Hold(residual);
                all[stands ? 1 : 0]++;
                held[stands ? 1 : 0] += hit ? 1 : 0;
                open.Enqueue((slot, stands, residual, hit));
                if (open.Count > Delay)
                {
                    var settled = open.Dequeue();
                    intervals.Observe(settled.Slot, 0, settled.Stands, settled.Residual, settled.Held);
                }
            }
            coverages.AddRange(held.Zip(all, (h, n) => (double)h / n));
        }
        return coverages;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
