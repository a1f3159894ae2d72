using Hts.Gates;

namespace Hts.Tests.Gates;

public sealed class TestPartTests
{
    private const long Today = 100 * GateDay.Ms;

    /// <summary>A retrain whose recipe did well for 14 days: what its stored forecasts say is enough.</summary>
    private static readonly GateInput Good = new()
    {
        ChallengerVersion = "v2",
        ChampionVersion = "v1",
        SameRecipe = true,
        Evidence = GateEvidence.Stored,
        DecidedAt = Today,
        Days = [.. Enumerable.Range(0, 14).Select(i => Day(i, champion: 0.4, challenger: 0.4, cond: 0.5))],
        Coverage = 0.9,
    };

    [Fact]
    public void A_model_that_failed_on_its_own_test_part_is_refused_whatever_its_recipe_did_before()
    {
        PromotionGate.Decide(Good).Verdict.ShouldBe(GateVerdicts.NotWorse);

        var decision = PromotionGate.Decide(Good with { TestPart = Days(9, champion: 0.1, challenger: 10, cond: 0.1) });

        (decision.Promote, decision.Verdict).ShouldBe((false, GateVerdicts.WorseOnTestPart));
        decision.TestPartCond!.ShouldSatisfyAllConditions(g => g.Days.ShouldBe(9), g => g.Mean.ShouldBe(-9.9, 1e-12));
        decision.Reason.ShouldBe(
            "Refused: on the test part of its own training, gain -9.900000 over cond, margin 0.002, plus 2.90 × 0.000000 gives -9.898000 on 9 days.");
        PromotionGate.Decide(Good with { TestPart = Days(9, champion: 0.1, challenger: 10, cond: 10) }).Reason.ShouldContain("over the champion v1, margin");
    }

    [Theory]
    [InlineData(0.4019, true)]
    [InlineData(0.4021, false)]
    public void It_may_be_worse_by_the_retrains_margin(double challenger, bool promote)
    {
        PromotionGate.Decide(Good with { TestPart = Days(3, champion: 0.5, challenger, cond: 0.4) }).Promote.ShouldBe(promote);
        PromotionGate.Decide(Good with { TestPart = Days(3, champion: 0.4, challenger, cond: 0.5) }).Promote.ShouldBe(promote);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.84, false)]
    [InlineData(0.855, true)]
    [InlineData(0.945, true)]
    [InlineData(0.97, false)]
    public void Intervals_that_are_surely_out_of_range_on_the_test_part_are_refused(double coverage, bool promote)
    {
        GateDay[] days = [.. Days(9, 0.4, 0.4, 0.5).Select((d, i) => d with { Coverage = coverage + (i % 2 == 0 ? 0.01 : -0.01) })];
        var decision = PromotionGate.Decide(Good with { TestPart = days });
        decision.Promote.ShouldBe(promote);
        if (!promote)
            decision.Verdict.ShouldBe(GateVerdicts.CoverageOnTestPart);
    }

    [Fact]
    public void A_single_day_and_days_of_which_too_little_was_scored_say_nothing()
    {
        PromotionGate.Decide(Good with { TestPart = Days(1, 0.1, 10, 0.1) }).Promote.ShouldBeTrue();
        GateDay[] thin = [.. Days(9, 0.1, 10, 0.1).Select(d => d with { Scored = 100 })];
        PromotionGate.Decide(Good with { TestPart = thin }).TestPartCond.ShouldBeNull();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(50)]
    public void A_retrain_that_is_as_good_as_before_is_seldom_refused_by_chance(int days)
    {
        var random = new Random(days);
        double Noise() => 0.4 + (0.05 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
        var refused = Enumerable.Range(0, 2000).Count(_ => !PromotionGate.Decide(Good with
        {
            TestPart = [.. Enumerable.Range(0, days).Select(i => Day(i, Noise(), Noise(), Noise()) with { Coverage = 0.5 + Noise() })],
        }).Promote);
        // Three looks at 1 % each at most.
        ((double)refused / 2000).ShouldBeLessThan(0.04);
    }

    private static GateDay[] Days(int count, double champion, double challenger, double cond) =>
        [.. Enumerable.Range(0, count).Select(i => Day(i, champion, challenger, cond))];

    private static GateDay Day(int back, double champion, double challenger, double cond) =>
        new(Today - ((back + 1) * GateDay.Ms), 144, 144, champion, challenger, cond, null);
}
