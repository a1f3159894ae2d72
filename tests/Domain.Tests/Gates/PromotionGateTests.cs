using System.Text.Json;
using Hts.Gates;

namespace Hts.Tests.Gates;

public sealed class PromotionGateTests
{
    private const long Slot = 600_000;
    private static readonly PromotionGate Gate = new(new() { MinSlots = 4 });

    [Fact]
    public void A_candidate_as_good_as_the_champion_is_promoted()
    {
        var decision = Gate.Decide(Input(Slots(4, champion: 0.4, challenger: 0.4, cond: 0.5)));
        decision.Promote.ShouldBeTrue();
        decision.Verdict.ShouldBe(GateVerdicts.NotWorse);
        decision.Gain.ShouldBe(0);
    }

    [Fact]
    public void A_worse_candidate_is_refused_with_its_numbers()
    {
        var decision = Gate.Decide(Input(Slots(4, champion: 0.4, challenger: 0.41, cond: 0.5)));
        decision.Promote.ShouldBeFalse();
        decision.Verdict.ShouldBe(GateVerdicts.WorseThanChampion);
        decision.ChampionLoss!.Value.ShouldBe(0.4, 1e-12);
        decision.ChallengerLoss!.Value.ShouldBe(0.41, 1e-12);
        decision.Reason.ShouldBe("Refused: loss 0.410000 against 0.400000 of the champion on 4 slots.");
    }

    [Fact]
    public void A_tolerance_lets_a_little_worse_pass() =>
        new PromotionGate(new() { MinSlots = 4, Tolerance = 0.02 })
            .Decide(Input(Slots(4, champion: 0.4, challenger: 0.41, cond: 0.5))).Promote.ShouldBeTrue();

    [Fact]
    public void Worse_than_cond_is_a_veto_even_when_better_than_the_champion() =>
        Gate.Decide(Input(Slots(4, champion: 0.9, challenger: 0.6, cond: 0.5))).Verdict.ShouldBe(GateVerdicts.WorseThanCond);

    [Fact]
    public void One_output_that_is_not_finite_is_a_veto()
    {
        var decision = Gate.Decide(Input([.. Slots(9, 0.9, 0.1, 0.5), new(0, 0.9, double.NaN, 0.5)]));
        decision.Promote.ShouldBeFalse();
        decision.Verdict.ShouldBe(GateVerdicts.NonFinite);
        decision.NonFinite.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("v1", true, false)]
    [InlineData("v1", false, false)]
    public void With_too_few_slots_only_cond_may_start_a_fresh_system(string? champion, bool isCond, bool promote)
    {
        var decision = Gate.Decide(new("v2", champion, isCond, Slots(3, 0.9, 0.1, 0.5)));
        decision.Promote.ShouldBe(promote);
        decision.Verdict.ShouldBe(GateVerdicts.NotEnoughData);
        decision.Slots.ShouldBe(3);
        decision.MinSlots.ShouldBe(4);
    }

    [Fact]
    public void The_first_model_must_not_be_worse_than_cond()
    {
        Gate.Decide(new("v1", null, false, Slots(4, null, 0.5, 0.5))).Promote.ShouldBeTrue();
        Gate.Decide(new("v1", null, false, Slots(4, null, 0.51, 0.5))).Promote.ShouldBeFalse();
    }

    [Fact]
    public void Slots_that_the_champion_could_not_answer_do_not_count()
    {
        GateSlot[] slots = [.. Slots(4, 0.4, 0.3, 0.5), new(99 * Slot, null, 9, 0.5)];
        var decision = Gate.Decide(Input(slots));
        decision.Slots.ShouldBe(4);
        decision.ChallengerLoss!.Value.ShouldBe(0.3, 1e-12);
        decision.LastTs.ShouldBe(3 * Slot);
    }

    [Fact]
    public void Days_are_weighed_alike_in_the_daily_gain()
    {
        const long day = 86_400_000;
        GateSlot[] slots = [new(0, 0.4, 0.3, 1), new(Slot, 0.4, 0.3, 1), new(day, 0.4, 0.1, 1), new(day + Slot, 0.4, 0.1, 1), new(day + (2 * Slot), 0.4, 0.1, 1)];
        var decision = Gate.Decide(Input(slots));
        decision.Days.ShouldBe(2);
        decision.DailyGain!.Value.ShouldBe(0.2, 1e-12);
        decision.DailyGainError!.Value.ShouldBe(0.1, 1e-12);
        decision.Gain!.Value.ShouldBe(0.22, 1e-12);
    }

    [Fact]
    public void A_decision_survives_json()
    {
        foreach (var slots in new[] { Slots(4, 0.4, 0.41, 0.5), [], [new GateSlot(0, double.NaN, double.NaN, double.NaN)] })
        {
            var decision = Gate.Decide(Input(slots));
            JsonSerializer.Deserialize<GateDecision>(JsonSerializer.Serialize(decision)).ShouldBe(decision);
        }
    }

    [Fact]
    public void Options_that_make_no_sense_are_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new PromotionGate(new() { MinSlots = 0 })).Message.ShouldContain("MinSlots");
        Should.Throw<ArgumentOutOfRangeException>(() => new PromotionGate(new() { Tolerance = double.NaN })).Message.ShouldContain("Tolerance");
    }

    private static GateInput Input(GateSlot[] slots) => new("v2", "v1", false, slots);

    private static GateSlot[] Slots(int count, double? champion, double challenger, double cond) =>
        [.. Enumerable.Range(0, count).Select(i => new GateSlot(i * Slot, champion, challenger, cond))];
}
