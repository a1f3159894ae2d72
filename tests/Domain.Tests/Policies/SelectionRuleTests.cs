using Hts.Forecasts;
using Hts.Policies;

namespace Hts.Tests.Policies;

public sealed class SelectionRuleTests
{
    private static readonly SelectionRule Rule = new();

    [Fact]
    public void The_highest_net_return_above_the_threshold_is_picked() =>
        Choose([-1e-4, 3e-4, 2.5e-4], [2, 2, 2]).ShouldBe(new(1, Reasons.Picked));

    [Fact]
    public void At_the_threshold_nothing_is_picked() =>
        Choose([-1e-4, 2e-4], [2, 2]).ShouldBe(new(null, Reasons.NotWorthTheCost));

    [Fact]
    public void A_strategy_that_stays_flat_is_not_a_trade() =>
        Choose([-5e-4, 3e-4], [2, 0.49]).ShouldBe(new(null, Reasons.ExpectedToStayFlat));

    [Theory]
    [InlineData(1.0, Reasons.Picked)]
    [InlineData(1.01, Reasons.OutOfDistribution)]
    [InlineData(double.NaN, Reasons.OutOfDistribution)]
    public void Features_beyond_the_limit_of_what_was_learned_from_are_not_traded_on(double novelty, string reason) =>
        Rule.Choose(new Forecast([3e-4], [0], [0], [0], [2]) { Novelty = novelty }).Reason.ShouldBe(reason);

    [Fact]
    public void Half_a_fill_is_enough() => Choose([-5e-4, 3e-4], [2, 0.5]).Strategy.ShouldBe(1);

    [Fact]
    public void A_forecast_that_is_not_finite_is_refused()
    {
        Should.Throw<ArgumentException>(() => Choose([double.NaN, 1], [2, 2]));
        Should.Throw<ArgumentException>(() => Choose([1, 1], [2, double.PositiveInfinity]));
        Should.Throw<ArgumentException>(() => Choose([], []));
    }

    [Fact]
    public void An_option_that_makes_no_sense_is_named() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SelectionRule(new() { MinNetBp = -1 })).Message.ShouldContain("MinNetBp");

    private static StrategyChoice Choose(double[] net, double[] sides) => Rule.Choose(new Forecast(net, net, net, net, sides));
}
