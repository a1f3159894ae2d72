using Hts.DataSets;
using Hts.Models;
using Hts.Splits;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class BenchTests
{
    private const int Seeds = 100;

    [Fact]
    public void With_little_data_and_nothing_to_find_cond_is_chosen() =>
        Enumerable.Range(0, Seeds).Count(seed => Choose(seed, strength: 0).Name != MemberKinds.Cond).ShouldBeLessThanOrEqualTo(1);

    [Fact]
    public void With_little_data_a_strong_signal_is_chosen_all_the_same() =>
        Enumerable.Range(0, Seeds / 2).Count(seed => Choose(seed, strength: 0.5).Name == MemberKinds.Ridge).ShouldBeGreaterThanOrEqualTo(48);

    [Fact]
    public void The_reason_has_the_numbers()
    {
        Choose(1, strength: 0.5).Reason.ShouldContain("clear even with 1500 slots a symbol: gain 0.");
        Choose(1, strength: 0.5, slots: 700).Reason.ShouldContain("700 slots a symbol, below 4000: ridge does not lead clearly, gain 0.");
        Choose(1, strength: 0.5, slots: 700).Reason.ShouldContain("over 6 blocks");
    }

    [Fact]
    public void A_symbol_that_joined_lately_takes_nothing_from_what_is_known_of_the_others() =>
        Choose(1, strength: 0.5, slots: 700, late: ["CCC", "DDD", "EEE", "FFF"]).Reason.ShouldContain("700 slots a symbol, below 4000");

    [Fact]
    public void A_lead_counts_equal_blocks_of_time_rather_than_rows()
    {
        // Three blocks of two slots with gains 1, 2 and 3; the second has twice the rows.
        var data = new DataSet(new PlantedMarket(1).Header);
        var market = new PlantedMarket(1);
        int[] slots = [0, 1, 2, 2, 3, 3, 4, 5];
        double[] gains = [1, 1, 2, 2, 2, 2, 3, 3];
        foreach (var slot in slots)
        {
            var row = market.Row("AAA", slot * PlantedMarket.SlotMs);
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        }

        var lead = Lead.Of(data, [.. Enumerable.Range(0, 8)], gains, new double[8], blockSlots: 2);

        lead.Blocks.ShouldBe(3);
        lead.Gain.ShouldBe(2, 1e-12);
        lead.Error.ShouldBe(1 / Math.Sqrt(3), 1e-12);
        lead.T.ShouldBe(2 * Math.Sqrt(3), 1e-12);
        lead.IsClear(new TrainingOptions()).ShouldBeFalse();
        lead.IsClear(new TrainingOptions { LeadMinBlocks = 3 }).ShouldBeTrue();
    }

    [Fact]
    public void No_rows_and_equal_losses_lead_nowhere()
    {
        var data = new DataSet(new PlantedMarket(1).Header);
        Lead.Of(data, [], [], [], 18).T.ShouldBe(0);
        var row = new PlantedMarket(1).Row("AAA", 0);
        data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        Lead.Of(data, [0], [1], [1], 18).IsClear(new TrainingOptions()).ShouldBeFalse();
    }

    private static (string Name, string Reason) Choose(int seed, double strength, int slots = 1500, params string[] late)
    {
        string[] members = [MemberKinds.Cond, MemberKinds.Ridge];
        var market = new PlantedMarket(seed, features: 8, embeddings: 2, strength);
        var data = new DataSet(market.Header);
        foreach (var row in market.Rows(slots, "AAA", "BBB"))
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        foreach (var symbol in late)
        {
            var row = market.Row(symbol, data.BaseTs[^1]);
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        }
        var purge = PurgedSplit.PurgeMs(market.Header.SlotMs, market.Header.OverlapMs);
        var request = new TrainingRequest("", "", members, seed);
        var bench = new Bench(
            data, PurgedSplit.Make(data.BaseTs, purge), purge, request, new TrainingOptions(), (_, _) => { }, CancellationToken.None);
        bench.Fit(members);
        var (candidate, reason) = bench.Choose(members);
        return (candidate.Name, reason);
    }
}
