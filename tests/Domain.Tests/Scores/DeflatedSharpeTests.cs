using Hts.Scores;

namespace Hts.Tests.Scores;

public sealed class DeflatedSharpeTests
{
    // The worked example of Bailey and López de Prado (2014): 1,250 days, 100 trials whose yearly ratios vary by 1/2.
    private const double YearDays = 250;

    [Fact]
    public void The_best_of_many_worthless_trials_is_as_published() =>
        DeflatedSharpe.Expected(100, 0.5 / YearDays).ShouldBe(0.1132, 0.00005);

    [Fact]
    public void The_published_strategy_is_as_likely_as_published() =>
        DeflatedSharpe.Probability(2.5 / Math.Sqrt(YearDays), 1250, -3, 10, 0.1132).ShouldBe(0.9004, 0.0005);

    [Fact]
    public void A_single_trial_is_not_deflated() => DeflatedSharpe.Expected(1, 4).ShouldBe(0);

    [Fact]
    public void Returns_that_do_not_vary_have_no_ratio()
    {
        DeflatedSharpe.Ratio([0, 0, 0]).ShouldBeNull();
        DeflatedSharpe.Probability([0, 0, 0], 0).ShouldBeNull();
    }

    [Fact]
    public void More_trials_make_the_same_returns_less_believable()
    {
        double[] returns = [.. Enumerable.Range(0, 200).Select(i => 0.1 + Math.Sin(i * 1.7))];

        var few = DeflatedSharpe.Probability(returns, DeflatedSharpe.Expected(5, 0.01))!.Value;
        var many = DeflatedSharpe.Probability(returns, DeflatedSharpe.Expected(500, 0.01))!.Value;

        many.ShouldBeLessThan(few);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963985, 0.975)]
    [InlineData(-3, 0.001349898)]
    public void The_normal_curve_is_known(double x, double below)
    {
        NormalCurve.Below(x).ShouldBe(below, 1e-9);
        NormalCurve.Quantile(below).ShouldBe(x, 1e-6);
    }
}
