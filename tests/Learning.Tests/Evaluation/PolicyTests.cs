using Hts.Evaluation;
using Hts.Models;

namespace Hts.Tests.Evaluation;

public sealed class PolicyTests
{
    private readonly Walk walk = PlantedWalk.Run(PlantedWalk.Rows(days: 14));

    [Fact]
    public void Nets_are_composed_anew_at_each_cost()
    {
        var free = Play(0);
        var dear = Play(0.01);

        free.Traded.ShouldBeGreaterThan(dear.Traded);
        dear.Traded.ShouldBe(0);
        dear.Sums.ShouldAllBe(s => s == 0);
        free.Sums.Sum().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_best_fixed_in_hindsight_is_no_worse_than_any_fixed_strategy()
    {
        var table = new PolicyTable(walk, new WalkDays(walk), 0.0005, new(), 1);
        var best = table.PlayHindsight().Sum();

        for (var s = 0; s < walk.Layout.StrategyCount; s++)
        {
            double total = 0;
            for (var row = walk.ScoredFrom; row < walk.Data.Count; row++)
                total += walk.Data.Net(row, s);
            best.ShouldBeGreaterThanOrEqualTo(total - 1e-9);
        }
    }

    [Fact]
    public void A_forecast_of_nothing_stays_in_cash_and_has_no_sharpe_ratio()
    {
        var days = new WalkDays(walk);
        var bootstrap = new Scores.DayBlockBootstrap(days.ScoredStarts.Count, 100);
        var report = new PolicyReport("5", walk, days, walk[Recipes.Zero], PlantedWalk.Options, bootstrap);

        report.Measures().Model.ShouldBe(new Measure(0, 0, 0));
        report.Risk().Sharpe.ShouldBeNull();
        report.Risk().DrawdownBp.ShouldBe(0);
    }

    private (double[] Sums, double Traded) Play(double cost)
    {
        var table = new PolicyTable(walk, new WalkDays(walk), cost, new(), 1);
        var sums = table.Play(walk[MemberKinds.Ridge], out var traded);
        return (sums, traded);
    }
}
