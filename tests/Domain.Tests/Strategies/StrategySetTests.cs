using Hts.Bars;
using Hts.Strategies;

namespace Hts.Tests.Strategies;

public class StrategySetTests
{
    [Fact]
    public void The_six_stand_in_their_order()
    {
        var set = StrategySet.Default();
        set.Names.ShouldBe(["trend", "mean_revert", "breakout", "scalper", "long_hold", "short_hold"]);
        set.ActiveCount.ShouldBe(4);
        set.CostPerFill.ShouldBe(0.0005);
    }

    [Fact]
    public void The_hash_knows_costs_strategies_and_grid_and_nothing_of_the_process()
    {
        var set = StrategySet.Default();
        // Models carry this value: it changes only when labels do.
        set.Hash.ShouldBe("3698e74c94461c1dcda3ad92b9555e11");
        StrategySet.Default(new StrategyOptions { FeeBps = 5, SlippageBps = 0 }).Hash.ShouldNotBe(set.Hash);
        new StrategySet([.. set.Strategies.Reverse()]).Hash.ShouldNotBe(set.Hash);
        set.HashOn(new Grid(60)).ShouldNotBe(set.HashOn(Grid.Default));
    }

    [Theory]
    [InlineData(15, 15, 15)]
    [InlineData(30, 15, 30)]
    [InlineData(15, 60, 60)]
    [InlineData(60, 60, 60)]
    [InlineData(15, 20, 20)]
    [InlineData(30, 20, 40)]
    [InlineData(60, 40, 120)]
    [InlineData(60, 600, 600)]
    public void A_timeframe_is_made_of_whole_bars_and_fits_the_slot(int timeframe, int barSeconds, int expectedSeconds) =>
        StrategySet.TimeframeMs(timeframe, new Grid(barSeconds)).ShouldBe(expectedSeconds * 1_000L);

    [Theory]
    [InlineData(-1, "Strategies:FeeBps is -1; allowed are 0 to 500 basis points.")]
    [InlineData(double.NaN, "Strategies:FeeBps is NaN; allowed are 0 to 500 basis points.")]
    public void A_cost_out_of_range_is_named(double fee, string message) =>
        Should.Throw<ArgumentException>(() => StrategySet.Default(new StrategyOptions { FeeBps = fee })).Message.ShouldStartWith(message);

    [Fact]
    public void A_name_is_fit_for_a_column_and_stands_once()
    {
        Should.Throw<ArgumentException>(() => new StrategySet([new HoldStrategy("Long Hold", 1)]));
        Should.Throw<ArgumentException>(() => new StrategySet([new HoldStrategy("hold", 1), new HoldStrategy("hold", -1)]));
        Should.Throw<ArgumentOutOfRangeException>(() => new StrategySet([]));
        Should.Throw<ArgumentOutOfRangeException>(() => new HoldStrategy("hold", 0));
    }
}
