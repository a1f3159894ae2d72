using Hts.History;
using Hts.Ledgers;
using Hts.Tests.Cluster;

namespace Hts.Tests.History;

public sealed class ScorekeeperTests
{
    [Fact]
    public void A_strategy_that_a_row_knows_nothing_of_is_not_scored_by_it()
    {
        var keeper = new Scorekeeper(Worlds.Strategies, new Dictionary<string, double[]>());
        double[] older = [1, 1, 1, 1, 1, double.NaN];
        var row = new LedgerRow("OLD", Worlds.Start, Roles.Champion, "v1", 1, Worlds.Slot(1), older, older, older, null, "", null, 0)
        {
            SigmaSlot = 0.01,
            Stands = [0, 0, 0, 0, 0, 0],
        };

        keeper.Add(new LedgerEntry(row, new Settlement("OLD", row.BaseTs, row.Role, older, row.TargetTs, "settled"), 1));

        var card = keeper.ToMessage("OLD", 0, 1, [], [], []);
        card.Strategies.Select(s => s.Count).ShouldBe([1, 1, 1, 1, 1, 0]);
        card.Coverages.ShouldNotContain(c => c.Strategy == "short_hold");
    }
}
