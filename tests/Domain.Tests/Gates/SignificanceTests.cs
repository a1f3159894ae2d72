using CsCheck;
using Hts.Gates;

namespace Hts.Tests.Gates;

public sealed class SignificanceTests
{
    // Printed tables of the distribution.
    [Theory]
    [InlineData(1, 6.3138)]
    [InlineData(2, 2.9200)]
    [InlineData(9, 1.8331)]
    [InlineData(13, 1.7709)]
    [InlineData(27, 1.7033)]
    [InlineData(120, 1.6577)]
    public void The_five_percent_points_are_those_of_the_tables(int freedom, double t)
    {
        // One gain a day, ±1: mean 0 and a known standard error, so that the bound shows t.
        var days = Enumerable.Range(0, freedom + 1).Select(i => new GateDay(i * GateDay.Ms, 1, 1, 1 + (i % 2), 1, 1, null)).ToArray();
        var decision = PromotionGate.Decide(new()
        {
            ChallengerVersion = "v2",
            ChampionVersion = "v1",
            Evidence = GateEvidence.WalkForward,
            DecidedAt = 1000 * GateDay.Ms,
            Days = days,
            Options = new() { MinPastDays = 1, Significance = 0.05 },
        });
        decision.Champion!.T.ShouldBe(t, 1e-4);
    }

    [Fact]
    public void An_unskilled_model_passes_as_often_as_the_significance_says()
    {
        var random = new Random(5);
        const int Trials = 4000;
        var passed = Enumerable.Range(0, Trials).Count(_ => PromotionGate.Decide(Noise(random)).Promote);
        ((double)passed / Trials).ShouldBeInRange(0.035, 0.065);
    }

    [Fact]
    public void A_gain_that_is_the_same_each_day_passes_and_a_loss_never() =>
        Gen.Double[0.0001, 0.1].Sample(gain =>
            PromotionGate.Decide(Constant(gain)).Promote && !PromotionGate.Decide(Constant(-gain)).Promote);

    private static GateInput Noise(Random random) => Input(
        [.. Enumerable.Range(0, 14).Select(i => 0.5 + (0.01 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))]);

    private static GateInput Constant(double gain) => Input([.. Enumerable.Repeat(0.5 + gain, 14)]);

    private static GateInput Input(double[] champion) => new()
    {
        ChallengerVersion = "v2",
        ChampionVersion = "v1",
        Evidence = GateEvidence.Stored,
        DecidedAt = champion.Length * GateDay.Ms,
        Days = [.. champion.Select((loss, i) => new GateDay(i * GateDay.Ms, 144, 144, loss, 0.5, 1, null))],
        Options = new() { Significance = 0.05 },
    };
}
