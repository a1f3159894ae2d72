using Hts.Bars;
using Hts.Labels;
using Hts.Policies;
using Hts.Strategies;
using Hts.Tests.Bars;

namespace Hts.Tests.Policies;

/// <summary>What the baselines earn on a real month at 5 bp a fill: chance loses, and who may wait in cash ends there.</summary>
public sealed class RealOutcomeTests
{
    [Fact]
    public void On_a_real_month_only_cash_does_not_lose()
    {
        var set = StrategySet.Default();
        var maker = new LabelMaker(set, new Grid(60));
        var runs = Baselines.For(set.Count, seed: 1);
        foreach (var bar in SharedData.MinuteBars("BTCUSDT-2022-01"))
            if (maker.Append(bar) && maker.Label.Complete)
                foreach (var run in runs)
                    run.Play(maker.Label.Net);

        var bp = runs.ToDictionary(run => run.Name, run => run.MeanNet!.Value * 1e4);
        runs[0].Slots.ShouldBe(4404);
        bp["cash"].ShouldBe(0);
        bp["random"].ShouldBeInRange(-7.5, -4);
        bp["best fixed"].ShouldBeInRange(-7.5, -0.5);
        bp["follow the leader"].ShouldBeInRange(-7.5, -0.5);
        bp["follow the leader or cash"].ShouldBeInRange(-1.5, 0.01);
        bp["AdaHedge with cash"].ShouldBeInRange(-0.3, 0.05);
    }
}
