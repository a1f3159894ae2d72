using System.Text.Json;
using CsCheck;
using Hts.Gates;

namespace Hts.Tests.Gates;

public sealed class PromotionGateTests
{
    private static readonly GateInput New = Input(14);
    private static readonly GateInput Retrain = New with { SameRecipe = true };

    [Fact]
    public void A_new_recipe_that_is_better_day_after_day_is_promoted_with_its_numbers()
    {
        var decision = PromotionGate.Decide(New);
        decision.Verdict.ShouldBe(GateVerdicts.Better);
        decision.Promote.ShouldBeTrue();
        decision.Days.ShouldBe(14);
        decision.Slots.ShouldBe(14 * 144);
        decision.Champion!.Gain.ShouldBe(0.01, 1e-9);
        decision.Champion.Bound.ShouldBe(decision.Champion.Gain - (decision.Champion.T * decision.Champion.StandardError), 1e-15);
        decision.Reason.ShouldStartWith("Promoted: gain 0.010000 over the champion v1, margin 0.000, less 2.65");
    }

    [Fact]
    public void A_new_recipe_that_is_as_good_is_not_proven_and_a_retrain_is_good_enough()
    {
        var equal = New with { Days = Days(14, gain: _ => 0.0005 * Math.Pow(-1, _)) };
        PromotionGate.Decide(equal).Verdict.ShouldBe(GateVerdicts.NotProven);
        PromotionGate.Decide(equal with { SameRecipe = true }).Verdict.ShouldBe(GateVerdicts.NotWorse);
    }

    [Theory]
    [InlineData(-0.0019, true)]
    [InlineData(-0.0021, false)]
    public void A_retrain_may_be_worse_by_the_margin_and_no_more(double gain, bool promote) =>
        PromotionGate.Decide(Retrain with { Days = Days(14, _ => gain) }).Promote.ShouldBe(promote);

    [Fact]
    public void Margins_cannot_ratchet_down_because_the_anchor_stands()
    {
        var days = Days(14, _ => -0.001).Select(d => d with { Anchor = d.Challenger - 0.003 }).ToArray();
        PromotionGate.Decide(Retrain with { Days = days }).Promote.ShouldBeTrue();
        var anchored = PromotionGate.Decide(Retrain with { Days = days, AnchorVersion = "v0" });
        anchored.Verdict.ShouldBe(GateVerdicts.NotProvenAgainstAnchor);
        anchored.Anchor!.Gain.ShouldBe(-0.003, 1e-12);
    }

    [Theory]
    [InlineData(9, GateVerdicts.NotEnoughData)]
    [InlineData(10, GateVerdicts.Better)]
    public void Ten_full_days_of_stored_forecasts_are_asked_for(int days, string verdict) =>
        PromotionGate.Decide(Input(days)).Verdict.ShouldBe(verdict);

    [Theory]
    [InlineData(27, GateVerdicts.NotEnoughData)]
    [InlineData(28, GateVerdicts.Better)]
    public void A_recipe_that_has_not_predicted_yet_is_judged_on_28_past_days(int days, string verdict) =>
        PromotionGate.Decide(Input(days) with { Evidence = GateEvidence.WalkForward }).Verdict.ShouldBe(verdict);

    [Fact]
    public void A_day_of_which_too_little_is_scored_and_one_before_the_window_do_not_count()
    {
        var days = Days(30, _ => 0.01).Select((d, i) => i == 29 ? d with { Scored = 115 } : d).ToArray();
        var decision = PromotionGate.Decide(Input(30) with { Days = days });
        decision.Days.ShouldBe(13);
        decision.FirstTs.ShouldBe(16 * GateDay.Ms);
        decision.LastTs.ShouldBe(28 * GateDay.Ms);
    }

    [Fact]
    public void The_running_day_does_not_count_until_it_is_over()
    {
        var running = PromotionGate.Decide(Input(15) with { DecidedAt = (15 * GateDay.Ms) - 1 });
        (running.Days, running.LastTs).ShouldBe((14, 13 * GateDay.Ms));
        var over = PromotionGate.Decide(Input(15));
        (over.Days, over.FirstTs, over.LastTs).ShouldBe((14, GateDay.Ms, 14 * GateDay.Ms));
    }

    [Fact]
    public void On_past_slots_an_anchor_that_was_not_compared_stands_against_promotion()
    {
        var past = Input(28) with { Evidence = GateEvidence.WalkForward, AnchorVersion = "v0" };
        var decision = PromotionGate.Decide(past);
        (decision.Promote, decision.Verdict).ShouldBe((false, GateVerdicts.NotProvenAgainstAnchor));
        decision.Reason.ShouldBe("Refused: past slots do not compare it with the anchor v0; 10 full days of stored forecasts will.");
        PromotionGate.Decide(past with { SameRecipe = true }).Promote.ShouldBeFalse();
        PromotionGate.Decide(past with { Days = [.. past.Days.Select(d => d with { Anchor = 0.45 })] }).Verdict.ShouldBe(GateVerdicts.Better);
        PromotionGate.Decide(past with { AnchorVersion = null }).Verdict.ShouldBe(GateVerdicts.Better);
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("v1", true, false)]
    [InlineData("v1", false, false)]
    public void With_too_few_days_only_cond_may_start_a_fresh_system(string? champion, bool isCond, bool promote)
    {
        var decision = PromotionGate.Decide(Input(3) with { ChampionVersion = champion, ChallengerIsCond = isCond });
        decision.Promote.ShouldBe(promote);
        decision.Verdict.ShouldBe(GateVerdicts.NotEnoughData);
        decision.Reason.ShouldContain("3 of 10 full days");
    }

    [Fact]
    public void Without_a_champion_enough_days_and_no_veto_are_enough() =>
        PromotionGate.Decide(New with { ChampionVersion = null }).Verdict.ShouldBe(GateVerdicts.FirstModel);

    public static TheoryData<string, GateInput> Vetoes => new()
    {
        { GateVerdicts.WorseThanCond, New with { Days = [.. New.Days.Select(d => d with { Cond = d.Challenger - 0.001 })] } },
        { GateVerdicts.Coverage, New with { Coverage = 0.855 } },
        { GateVerdicts.Coverage, New with { Coverage = 0.945 } },
        { GateVerdicts.UpsideDown, New with { GrossIc = -0.021, GrossIcDays = 28 } },
        { GateVerdicts.NonFinite, New with { NonFinite = 1 } },
        { GateVerdicts.SkilfulPlacebo, New with { Placebos = [new("shuffled labels", false, 0, 0.02), new("future", true, 0.3, 0.02)] } },
        { GateVerdicts.NoPlacebo, New with { Placebos = [new("shuffled labels", false, null, null), new("future", false, null, null)] } },
    };

    [Theory]
    [MemberData(nameof(Vetoes), DisableDiscoveryEnumeration = true)]
    public void A_veto_stands_against_a_better_model(string verdict, GateInput input)
    {
        PromotionGate.Decide(input).Verdict.ShouldBe(verdict);
        PromotionGate.Decide(input).Promote.ShouldBeFalse();
        PromotionGate.Decide(input with { ChampionVersion = null }).Promote.ShouldBeFalse();
    }

    [Fact]
    public void Facts_within_their_bounds_are_no_vetoes() =>
        PromotionGate.Decide(New with { Coverage = 0.86, GrossIc = -0.3, GrossIcDays = 27, Placebos = [new("shuffled labels", false, 0, 0.02)] })
            .Promote.ShouldBeTrue();

    /// <summary>One that is judged is enough; what serves already, and what knows no features, may go on without.</summary>
    [Fact]
    public void Without_a_judged_placebo_the_same_recipe_and_cond_may_still_be_promoted()
    {
        var unjudged = New with { Placebos = [new("shuffled labels", false, null, null), new("future", false, null, null)] };

        PromotionGate.Decide(unjudged with { SameRecipe = true }).Promote.ShouldBeTrue();
        PromotionGate.Decide(unjudged with { ChallengerIsCond = true }).Promote.ShouldBeTrue();
        PromotionGate.Decide(unjudged with { Placebos = [unjudged.Placebos[0], new("future", false, 0.1, 2.5)] }).Promote.ShouldBeTrue();
    }

    [Fact]
    public void A_decision_is_a_function_of_the_stored_input() =>
        Gen.Select(Gen.Double[-0.01, 0.01].Array[0, 30], Gen.Bool, Gen.Double[0.8, 1]).Sample((gains, same, coverage) =>
        {
            var input = Input(gains.Length) with { Days = Days(gains.Length, i => gains[i]), SameRecipe = same, Coverage = coverage };
            var again = JsonSerializer.Deserialize<GateInput>(JsonSerializer.Serialize(input))!;
            return PromotionGate.Decide(again) == PromotionGate.Decide(input);
        });

    [Fact]
    public void An_option_that_is_not_allowed_is_named() =>
        Should.Throw<ArgumentOutOfRangeException>(() => PromotionGate.Decide(New with { Options = new() { MinDays = 0 } }))
            .Message.ShouldContain("MinDays must lie within [1, 366].");

    private static GateInput Input(int days) => new()
    {
        ChallengerVersion = "v2",
        ChampionVersion = "v1",
        Evidence = GateEvidence.Stored,
        DecidedAt = days * GateDay.Ms,
        Days = Days(days, i => 0.01 + (0.002 * Math.Pow(-1, i))),
    };

    private static GateDay[] Days(int count, Func<int, double> gain) =>
        [.. Enumerable.Range(0, count).Select(i => new GateDay(i * GateDay.Ms, 144, 144, 0.4 + gain(i), 0.4, 0.5, null))];
}
