using Hts.Gates;
using Hts.Ledgers;
using Hts.Postgres;
using Hts.Slots;

namespace Hts.Tests.Postgres;

public sealed class RoleScoresTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Day = 20_000 * GateDay.Ms;
    private const string Role = "challenger:average";
    private static readonly ServedRecipe Champion = new("trees", ["m-1"]);
    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await PostgresFixture.Open(await postgres.NewDatabase());

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_days_losses_are_means_over_symbols_on_the_slots_that_all_have_a_loss_for()
    {
        await Slot("BTC", 0, champion: 0.4, role: 0.3, cond: 0.5);
        await Slot("BTC", 1, champion: 0.6, role: 0.5, cond: 0.7);
        await Slot("BTC", 2, champion: null, role: 9, cond: 9);
        await Slot("ETH", 0, champion: 1.5, role: 1.2, cond: 1.8);
        await Slot("ETH", 144, champion: 1, role: 1, cond: 1);

        var days = await store.Roles.Days(Role, Champion, "m-1", Day, Day + (2 * GateDay.Ms), Cancellation);

        days.Select(d => (d.DayTs, d.Symbols, d.Scored)).ShouldBe([(Day, 2, 3), (Day + GateDay.Ms, 1, 1)]);
        days[0].Champion.ShouldBe(1, 1e-12);
        days[0].Role.ShouldBe(0.8, 1e-12);
        days[0].Cond.ShouldBe(1.2, 1e-12);
        days[0].Anchor.ShouldBeNull();
        (await store.Roles.Days(Role, Champion, "m-1", Day, Day + GateDay.Ms, Cancellation)).Count.ShouldBe(1);
        (await store.Roles.Days("challenger:ridge", Champion, null, 0, long.MaxValue, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_anchor_is_compared_where_it_has_a_loss_for_every_slot()
    {
        await Slot("BTC", 0, 0.4, 0.3, 0.5);
        await Settle(Sample.Row("BTC", At(0), Roles.Anchor), 0.2);
        await Slot("BTC", 144, 0.4, 0.3, 0.5);
        await Slot("BTC", 145, 0.4, 0.3, 0.5);
        await Settle(Sample.Row("BTC", At(145), Roles.Anchor), 0.2);

        (await store.Roles.Days(Role, Champion, "m-1", 0, long.MaxValue, Cancellation)).Select(d => d.Anchor).ShouldBe([0.2, null]);
        (await store.Roles.Days(Role, Champion, "another", 0, long.MaxValue, Cancellation)).Select(d => d.Anchor).ShouldBe([null, null]);
    }

    [Fact]
    public async Task Where_another_recipe_served_the_champions_losses_are_those_of_its_own_recipe_as_a_challenger()
    {
        await Slot("BTC", 0, champion: 0.4, role: 0.3, cond: 0.5);
        await Slot("BTC", 1, champion: 9, role: 0.3, cond: 0.5, served: "m-2");
        await Settle(Sample.Row("BTC", At(1), "challenger:trees"), 0.6);
        await Slot("BTC", 2, champion: 9, role: 0.1, cond: 0.5, served: "m-2");

        var day = (await store.Roles.Days(Role, Champion, null, 0, long.MaxValue, Cancellation)).ShouldHaveSingleItem();

        (day.Scored, day.Role).ShouldBe((2, 0.3));
        day.Champion.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public async Task Coverage_and_direction_are_pooled_over_strategies_and_what_was_not_finite_is_counted()
    {
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            double[] gross = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() - 0.5)];
            var row = Sample.Row("BTC", At(i), Role) with { GrossPct = gross, LowerPct = [0, 0, 0, 0, 0, 1], UpperPct = [1, 1, 1, 1, 1, 2] };
            await store.Ledger.Record(row, Cancellation);
            await store.Ledger.Settle(Sample.Settled(row) with { OutcomePct = [0.5, 0, 1, 0.2, 1.1, 0.5] }, Cancellation);
            // What really came is the forecast, but for the mirrored hold, which does not count.
            await store.Slots.Write(
                new SlotRow("BTC", row.TargetTs, [1, 1, 1, 1, 1, 1], [.. gross[..5].Select(g => 2 * g), -9], [0, 0, 0, 0, 2, 2], true, "h", [1]), Cancellation);
        }
        await store.Ledger.Record(
            new LedgerRow("BTC", At(60), Role, "v", null, At(61), null, null, null, null, GateVerdicts.NonFinite, null, 0), Cancellation);

        var facts = await store.Roles.Facts(Role, 0, long.MaxValue, Cancellation);

        (facts.Rows, facts.NonFinite, facts.Days).ShouldBe((50, 1, 1));
        facts.Coverage!.Value.ShouldBe(4 / 6.0, 1e-12);
        facts.GrossIc!.Value.ShouldBe(1, 1e-9);
        (await store.Roles.Facts("nobody", 0, long.MaxValue, Cancellation)).ShouldBe(new RoleFacts(0, 0, null, null, 0));
    }

    [Fact]
    public async Task Every_roles_loss_stands_beside_the_champions_on_the_same_slots()
    {
        await Slot("BTC", 0, 0.4, 0.3, 0.5);
        await Slot("ETH", 0, 0.6, 0.7, 0.5);
        await Settle(Sample.Row("ETH", At(1)), 9);

        var all = await store.Roles.Losses(null, 0, long.MaxValue, Cancellation);
        var one = await store.Roles.Losses("BTC", 0, long.MaxValue, Cancellation);

        all.Single(l => l.Role == Role).ShouldBe(new RoleLoss(Role, 2, 0.5, 0.5));
        one.Single(l => l.Role == Role).ShouldBe(new RoleLoss(Role, 1, 0.3, 0.4));
        (await store.Roles.Losses("XRP", 0, long.MaxValue, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_champions_direction_and_its_errors_beside_cond_are_summed_by_day_and_strategy()
    {
        // In units of a deviation of 1 %: forecasts of gross 1.1, realised 2, net 1 for .1, cond says 3.
        foreach (var (symbol, slot) in new[] { ("BTC", 0), ("BTC", 1), ("ETH", 0), ("BTC", 144) })
        {
            var row = Sample.Row(symbol, At(slot)) with { SigmaSlot = 0.01 };
            await Settle(row, 0.5);
            await store.Slots.Write(new SlotRow(symbol, row.TargetTs, [1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2], [0, 0, 0, 0, 2, 2], slot != 1, "h", [1]), Cancellation);
            if (symbol == "BTC")
                await Settle(row with { Role = Roles.Cond, PredictedPct = [3, 3, 3, 3, 3, 3] }, 0.5);
        }

        var all = await store.Roles.Skill(null, Day, Day + (2 * GateDay.Ms), Cancellation);
        var trend = all.Where(d => d.Strategy == "trend").ToList();

        all.Count.ShouldBe(12);
        trend.Select(d => (d.DayTs, d.Gross.Count)).ShouldBe([(Day, 2), (Day + GateDay.Ms, 1)]);
        var (sums, day) = (trend[0].Gross, trend[0]);
        foreach (var (sum, expected) in new[] { (sums.X, 2.2), (sums.Y, 4), (sums.XX, 2.42), (sums.YY, 8), (sums.XY, 4.4), (day.NetError, 2 * 0.81), (day.CondError, 2 * 8.41) })
            sum.ShouldBe(expected, 1e-9);
        (await store.Roles.Skill("ETH", Day, Day + GateDay.Ms, Cancellation)).ShouldAllBe(d => d.Gross.Count == 1 && d.CondError == 0);
        (await store.Roles.Skill("XRP", 0, long.MaxValue, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_model_gained_over_cond_is_taken_from_the_slots_it_served()
    {
        await Slot("BTC", 0, 0.4, 9, 0.5);
        await Slot("ETH", 0, 0.4, 9, 0.7);
        await Settle(Sample.Row("BTC", At(1)) with { ModelVersion = "m-2" }, 0.6);
        await Settle(Sample.Row("BTC", At(1), Roles.Cond), 0.5);
        await Settle(Sample.Row("BTC", At(2)) with { ModelVersion = "m-3" }, 0.6);

        var served = await store.Roles.Served(0, long.MaxValue, Cancellation);

        served.Select(m => (m.Version, m.Slots)).ShouldBe([("m-1", 2), ("m-2", 1)]);
        served[0].LastTs.ShouldBe(At(0));
        served[0].GainOverCond.ShouldBe(0.2, 1e-12);
        served[1].GainOverCond.ShouldBe(-0.1, 1e-12);
    }

    private static long At(int slot) => Day + (slot * Sample.SlotMs);

    private async Task Slot(string symbol, int slot, double? champion, double role, double cond, string served = "m-1")
    {
        await Settle(Sample.Row(symbol, At(slot)) with { ModelVersion = served }, champion);
        await Settle(Sample.Row(symbol, At(slot), Role), role);
        await Settle(Sample.Row(symbol, At(slot), Roles.Cond), cond);
    }

    private async Task Settle(LedgerRow row, double? loss)
    {
        await store.Ledger.Record(row, Cancellation);
        await store.Ledger.Settle(Sample.Settled(row) with { Loss = loss }, Cancellation);
    }
}
