using Hts.Bars;
using Hts.Feeds;
using Hts.History;
using Hts.Ledgers;
using Hts.Scores;
using Hts.Slots;
using Hts.Tests.Cluster;

namespace Hts.Tests.History;

public sealed class HistoryGrainTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const long Hour = 3_600_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IHistoryGrain History => silo.Grains.GetGrain<IHistoryGrain>(0);

    [Fact]
    public async Task Quality_joins_what_is_stored_with_how_the_symbol_is_doing()
    {
        const string name = "QUAL";
        silo.GoTo(Worlds.Start + (2 * Hour));
        await silo.Store.Symbols.Add(name, Worlds.Start, 200, Token);
        await silo.Store.Symbols.Stop(name, Worlds.Slot(9), Token);
        var bars = Worlds.Walk(9, seed: 1).Where((_, i) => i is < 50 or > 59).Select(b => new StoredBar(b, b.Ts + 15_250, 0)).ToList();
        await silo.Bars.Write(name, bars, Token);
        await silo.Bars.MarkGap(name, new Gap(bars[50].Bar.Ts - 150_000, bars[50].Bar.Ts, "feed lost", 1), Token);
        await silo.Store.FeedTallies.Add(Worlds.Start, [KeyValuePair.Create(name, new FeedTally(1, 2, 3, 4, 5))], Token);

        var quality = (await History.Quality(name, Worlds.Start, Worlds.Start + (2 * Hour)))!;

        (quality.State, quality.ExpectedBars, quality.Bars).ShouldBe(("stopped", 360, 350));
        quality.Lag.ShouldBe(new LagMessage(350, 0.25, 0.25, 0.25, 0.25));
        quality.Hours.Select(h => (h.Expected, h.Bars, h.Counts.LateTrades)).ShouldBe([(240, 230, 1), (120, 120, 0)]);
        quality.Gaps.ShouldHaveSingleItem().State.ShouldBe("missing");
    }

    [Theory]
    [InlineData(15_000)]
    [InlineData(60_000)]
    [InlineData(3_600_000)]
    public async Task The_page_before_a_hole_longer_than_a_page_is_that_before_the_hole(long intervalMs)
    {
        var name = $"HOLED{intervalMs}";
        var bars = Worlds.Walk(9, seed: 1).Select(b => new StoredBar(b, b.Ts + 15_250, 0)).ToList();
        await silo.Bars.Write(name, bars, Token);
        var after = Worlds.Start + (100 * Hour);
        var query = new BarsQuery(name, intervalMs, after - (4 * intervalMs), after, 5);

        (await History.Bars(query)).ShouldBeEmpty();
        var page = await History.Bars(query with { OrEarlier = true });

        page.Select(b => b.Ts).ShouldBe(
            bars.Select(b => b.Bar.Ts - (b.Bar.Ts % intervalMs)).Distinct().TakeLast(4));
        (await History.Bars(query with { FromTs = page[0].Ts - (1000 * intervalMs), ToTs = Worlds.Start, OrEarlier = true })).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_scorecard_compares_picks_with_other_ways_to_choose_and_the_champion_with_its_shadows()
    {
        // Three slots: the pick earns 1, cash, the pick loses 2; the first strategy would have earned 1 each time.
        for (var i = 0; i < 3; i++)
        {
            var row = Scored("SCORE", i, Roles.Champion, i == 1 ? null : i == 0 ? "trend" : "scalper");
            await Settle(row, [1, 0, 0, i == 2 ? -2 : 0, 0, 0]);
            await Settle(row with { Role = Roles.Ridge, PredictedPct = [1, 0, 0, -1, 0, 0] }, [1, 0, 0, i == 2 ? -2 : 0, 0, 0]);
        }

        var card = await History.Scorecard("SCORE", Worlds.Start, Worlds.Slot(3));

        (card.Settled, card.Picks, card.PickReturn).ShouldBe((3, 2, -0.5));
        card.Policies.Select(p => p.Policy).ShouldBe(
            ["model", "cash", "best fixed", "follow the leader", "follow the leader or cash", "AdaHedge with cash", "random"]);
        card.Policies[0].ShouldBe(new PolicyScore("model", 3, -1 / 3.0, 4 / 3.0));
        card.Policies[1].ShouldBe(new PolicyScore("cash", 3, 0, 1));
        card.Coverages.Single(c => c.Strategy == "trend").ShouldBe(new CoverageScore("trend", true, 3, 1));
        card.Coverages.Single(c => c.Strategy == "scalper").ShouldBe(new CoverageScore("scalper", false, 3, 2 / 3.0));
        card.Roles.Select(r => (r.Role, r.Slots)).ShouldBe([("ridge", 3), ("zero", 3)]);
        // Zero is what the champion predicted.
        card.Roles[1].Loss.ShouldBe(card.Roles[1].Champion);
        card.Roles[0].Champion.ShouldBe(card.Roles[1].Champion, 1e-12);
        card.Roles[0].Loss.ShouldBe(card.Roles[0].Champion / 2, 1e-12);
    }

    [Fact]
    public async Task A_pooled_scorecard_plays_each_symbol_on_its_own()
    {
        for (var i = 0; i < 2; i++)
        {
            await Settle(Scored("POOL1", 500 + i, Roles.Champion, "trend"), [1, 0, 0, 0, 0, 0]);
            await Settle(Scored("POOL2", 500 + i, Roles.Champion, null), [-1, 0, 0, 0, 3, 0]);
        }
        var card = await History.Scorecard(null, Worlds.Slot(500), Worlds.Slot(510));
        card.Policies[0].ShouldBe(new PolicyScore("model", 4, 0.5, 1.5));
    }

    [Theory]
    [InlineData("UP", "shown")]
    [InlineData("BOTH", "none")]
    [InlineData("MUTE", "unknown")]
    public async Task Direction_is_told_apart_from_net_skill_and_said_in_a_word(string symbol, string direction)
    {
        const int days = 22;
        var random = new Random(7);
        List<(long Ts, double Forecast, double Realised)> pairs = [];
        await Task.WhenAll(Enumerable.Range(0, 3 * days).Select(i =>
        {
            var slot = (i / 3 * 144) + (i % 3);
            double[] forecast = symbol == "MUTE" ? new double[6] : [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() - 0.5)];
            // One of them is right each day, the other every second one and as wrong on the days between.
            var sign = symbol == "BOTH" && i / 3 % 2 == 1 ? -1 : 1;
            double[] realised = [.. forecast.Select(f => (sign * f) + random.NextDouble())];
            pairs.AddRange(forecast.Zip(realised).Take(5).Select(p => (Worlds.Slot(slot), p.First, p.Second)));
            return SettleGross(Scored(symbol, slot, Roles.Champion, null) with { GrossPct = forecast }, realised);
        }));

        var card = await History.Scorecard(symbol, Worlds.Start, Worlds.Slot(days * 144));

        card.Direction.ShouldBe(direction);
        var skill = card.Skill!;
        var expected = BlockedIc.Of([.. pairs.Select(p => p.Ts)], [.. pairs.Select(p => p.Forecast)], [.. pairs.Select(p => p.Realised)], 1);
        if (direction == "unknown")
        {
            skill.ShouldBe(new SkillScore(null, null, null, skill.Days, null, null));
            return;
        }
        skill.GrossIc!.Value.ShouldBe(expected.Value!.Value, 1e-9);
        (skill.GrossIcHigh!.Value - skill.GrossIcLow!.Value).ShouldBe(2 * expected.HalfWidth(0.95)!.Value, 1e-9);
        skill.Days.ShouldBe(expected.Blocks);
        card.Strategies.ShouldAllBe(s => s.Skill!.GrossIc != null && s.Skill.Days == expected.Blocks);
        // The same forecast each time: net knows nothing.
        card.Strategies[0].Ic.ShouldBeNull();
    }

    [Fact]
    public async Task Net_skill_stands_beside_the_training_mean_and_cond()
    {
        await silo.Store.Models.Write((await silo.AddModel("netted", "four")) with { MeanPct = [0.5, 0, 0, 0, 0, 0] }, Token);
        await silo.AddModel("another", "four");
        for (var i = 0; i < 2; i++)
        {
            var row = Scored("NETTED", i, Roles.Champion, null) with { ModelVersion = "netted", PredictedPct = [0.8, 0, 0, 0, 0, 0] };
            await Settle(row, [1, 0, 0, 0, 0, 0]);
            await Settle(row with { Role = Roles.Cond, PredictedPct = [0.6, 0, 0, 0, 3, 0] }, [1, 0, 0, 0, 0, 0]);
        }

        var card = await History.Scorecard("NETTED", Worlds.Start, Worlds.Slot(3));

        card.Strategies[0].MeanMse!.Value.ShouldBe(0.25, 1e-12);
        card.Strategies[0].Skill!.NetR2!.Value.ShouldBe(1 - (0.04 / 0.25), 1e-12);
        card.Strategies[0].Skill!.NetR2VsCond!.Value.ShouldBe(1 - (0.04 / 0.16), 1e-12);
        // Pooled against cond: the strategies that keep a state, the long hold not among them.
        card.Skill!.NetR2!.Value.ShouldBe(1 - (0.04 / 0.25), 1e-12);
        card.Skill!.NetR2VsCond!.Value.ShouldBe(1 - (0.04 / 0.16), 1e-12);
        silo.Models.MeansAsked.Where(v => v.Contains("netted")).ShouldAllBe(v => v.Length == 1);
        silo.Models.MeansAsked.ShouldContain(v => v.Contains("netted"));
    }

    private async Task SettleGross(LedgerRow row, double[] gross)
    {
        await silo.Store.Slots.Write(
            new SlotRow(row.Symbol, row.TargetTs, [0, 0, 0, 0, 0, 0], gross, [0, 0, 0, 0, 2, 2], true, "h", [1]), Token);
        await Settle(row, [0.1 * gross[0], 0, 0, 0, 0, 0]);
    }

    private async Task Settle(LedgerRow row, double[] outcome)
    {
        await silo.Store.Ledger.Record(row, Token);
        await silo.Store.Ledger.Settle(
            new Settlement(row.Symbol, row.BaseTs, row.Role, outcome, row.TargetTs, "settled") { Loss = SlotLosses.Of(row, outcome) }, Token);
    }

    private static LedgerRow Scored(string symbol, int slot, string role, string? pick) => new(
        symbol, Worlds.Slot(slot), role, "unknown", 1, Worlds.Slot(slot + 1), [0, 0, 0, 0, 0, 0], [-1, -1, -1, -1, -1, -1], [1, 1, 1, 1, 1, 1],
        pick, "", null, 0)
    {
        SigmaSlot = 0.01,
        GrossPct = [0, 0, 0, 0, 0, 0],
        Stands = [1, 0, 0, 0, 0, 0],
    };

    [Fact]
    public async Task There_is_no_quality_of_what_is_no_symbol() => (await History.Quality("NOSYM", 0, Hour)).ShouldBeNull();

    [Fact]
    public async Task Repaired_holes_are_listed_among_the_others_when_asked_for()
    {
        await silo.Bars.MarkGap("GAPS", new Gap(100_000, 500_000, "feed lost", 1), Token);
        await silo.Bars.FillGaps("GAPS", 200_000, 300_000, 9, Token);

        (await History.Gaps("GAPS", 0, Hour)).Select(g => g.State).ShouldBe(["missing", "missing"]);
        (await History.AllGaps("GAPS", 0, Hour)).Select(g => (g.FromTs, g.State, g.RepairedAt)).ShouldBe(
            [(100_000, "missing", (long?)null), (200_000, "repaired", 9), (300_000, "missing", null)]);
    }
}
