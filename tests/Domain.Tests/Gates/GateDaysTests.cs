using Hts.Gates;

namespace Hts.Tests.Gates;

public sealed class GateDaysTests
{
    private const long Slot = 600_000;

    [Fact]
    public void A_days_loss_is_the_mean_over_symbols_of_each_symbols_mean()
    {
        var day = GateDays.Of(
            [new(0, 0.4, 0.3, 0.5, Symbol: 0), new(Slot, 0.4, 0.3, 0.5, Symbol: 0), new(0, 0.8, 0.6, 0.9, Symbol: 1)], 144, withChampion: true)
            .ShouldHaveSingleItem();
        day.Champion!.Value.ShouldBe(0.6, 1e-12);
        day.Challenger.ShouldBe(0.45, 1e-12);
        day.Cond.ShouldBe(0.7, 1e-12);
        day.Scored.ShouldBe(3);
        day.Due.ShouldBe(288);
        day.Anchor.ShouldBeNull();
    }

    [Fact]
    public void All_models_are_compared_on_the_same_slots()
    {
        GateSlot[] slots = [new(0, 0.4, 0.3, 0.5), new(Slot, null, 9, 0.5), new(2 * Slot, 0.4, double.NaN, 0.5)];
        GateDays.Of(slots, 144, withChampion: true).ShouldHaveSingleItem().Scored.ShouldBe(1);
        GateDays.Of(slots, 144, withChampion: false).ShouldHaveSingleItem().Scored.ShouldBe(2);
    }

    [Fact]
    public void A_days_coverage_is_known_when_every_scored_slot_has_one()
    {
        GateSlot[] slots = [new(0, 0.4, 0.3, 0.5, Coverage: 1), new(0, 0.4, 0.3, 0.5, Symbol: 1, Coverage: 0.5), new(GateDay.Ms, 0.4, 0.3, 0.5)];
        GateDays.Of(slots, 144, withChampion: true).Select(d => d.Coverage).ShouldBe([0.75, null]);
    }

    [Fact]
    public void Days_are_UTC_and_in_order()
    {
        GateSlot[] slots = [new(GateDay.Ms, 1, 1, 1), new(GateDay.Ms - Slot, 1, 1, 1), new(3 * GateDay.Ms, null, 1, 1)];
        GateDays.Of(slots, 144, withChampion: true).Select(d => d.DayTs).ShouldBe([0, GateDay.Ms]);
    }
}
