using CsCheck;
using Hts.Scores;

namespace Hts.Tests.Scores;

public sealed class ScoreTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.125)]
    [InlineData(-1, 0.5)]
    [InlineData(3, 2.5)]
    [InlineData(-3, 2.5)]
    public void Huber_is_a_square_and_then_a_line(double error, double loss) => Huber.Loss(error).ShouldBe(loss, 1e-15);

    [Fact]
    public void A_slot_s_loss_is_the_mean_over_strategies_in_sigmas() =>
        // Errors 1 and 3 sigma: (0.5 + 2.5) / 2.
        Huber.SlotLoss([0, 0], [0.01, -0.03], 0.01).ShouldBe(1.5, 1e-12);

    [Fact]
    public void A_slot_s_loss_of_a_nan_is_nan() => Huber.SlotLoss([double.NaN, 0], [0, 0], 0.01).ShouldBe(double.NaN);

    [Fact]
    public void Scores_are_those_computed_by_hand()
    {
        var scores = new ScoreAccumulator();
        scores.Add(new(1, 1, 2, 1, 0, 2));
        scores.Add(new(2, 1, 2, 1, 0, 1));
        scores.Add(new(4, 3, 2));
        var score = scores.ToScore();
        score.Count.ShouldBe(3);
        score.MeanSquaredError!.Value.ShouldBe(2.0 / 3, 1e-12);
        score.HuberLoss!.Value.ShouldBe(1.0 / 3, 1e-12);
        // Squares of the forecast 0 + 1 + 1, of the baseline 1 + 0 + 4.
        score.RSquared!.Value.ShouldBe(1 - (2.0 / 5), 1e-12);
        score.Bias!.Value.ShouldBe(2.0 / 3, 1e-12);
        // f = 1, 1, 3 and y = 1, 2, 4: cov 10/3, var f 8/3, var y 14/3.
        score.Ic!.Value.ShouldBe(10 / Math.Sqrt(8 * 14), 1e-12);
        score.Intervals.ShouldBe(2);
        score.Coverage.ShouldBe(0.5);
    }

    [Fact]
    public void Sigma_scales_errors_but_not_the_mean_square()
    {
        var scores = new ScoreAccumulator();
        scores.Add(new(0.02, 0, 0.04, 0.01));
        scores.ToScore().HuberLoss!.Value.ShouldBe(1.5, 1e-12);
        scores.ToScore().MeanSquaredError!.Value.ShouldBe(4e-4, 1e-15);
    }

    [Fact]
    public void With_nothing_to_score_nothing_is_claimed() =>
        new ScoreAccumulator().ToScore().ShouldBe(new Score(0, null, null, null, null, null, 0, null));

    [Fact]
    public void A_value_that_is_not_finite_is_refused() =>
        Should.Throw<ArgumentException>(() => new ScoreAccumulator().Add(new(1, double.NaN, 0)));

    [Fact]
    public void Merged_parts_score_like_the_whole() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[-5, 5], Gen.Double[-5, 5]).Array[2, 40].Sample(rows =>
        {
            var whole = new ScoreAccumulator();
            var parts = new[] { new ScoreAccumulator(), new ScoreAccumulator() };
            for (var i = 0; i < rows.Length; i++)
            {
                var scoring = new Scoring(rows[i].Item1, rows[i].Item2, rows[i].Item3, 2, -1, 1);
                whole.Add(scoring);
                parts[i % 3 == 0 ? 0 : 1].Add(scoring);
            }

            parts[0].Merge(parts[1]);
            var (a, b) = (whole.ToScore(), parts[0].ToScore());
            return a.Count == b.Count && Near(a.MeanSquaredError, b.MeanSquaredError) && Near(a.HuberLoss, b.HuberLoss)
                && Near(a.RSquared, b.RSquared) && Near(a.Ic, b.Ic) && a.Coverage == b.Coverage;
        });

    [Fact]
    public void A_board_pools_its_strategies_and_merges()
    {
        var board = new ScoreBoard(["a", "b"]);
        board.Add(0, new(1, 0, 2));
        var other = new ScoreBoard(["a", "b"]);
        other.Add(1, new(3, 0, 2));
        board.Merge(other);
        board.Of(0).MeanSquaredError.ShouldBe(1);
        board.Of(1).MeanSquaredError.ShouldBe(9);
        board.Pooled.MeanSquaredError.ShouldBe(5);
        Should.Throw<ArgumentException>(() => board.Merge(new ScoreBoard(["a"])));
    }

    [Fact]
    public void Daily_means_weigh_days_alike()
    {
        const long day = 86_400_000;
        var means = new DailyMeans();
        means.Add(day + 5, 1);
        means.Add(day + 6, 3);
        means.Add(3 * day, 6);
        means.Days.ShouldBe([new DailyMean(day, 2, 2), new DailyMean(3 * day, 6, 1)]);
        var (mean, error) = means.Summary();
        mean.ShouldBe(4);
        // s² = (4 + 4) / 1 over two days.
        error!.Value.ShouldBe(2, 1e-12);
        new DailyMeans().Summary().ShouldBe((null, null));
    }

    private static bool Near(double? a, double? b) => (a is null && b is null) || Math.Abs(a!.Value - b!.Value) <= 1e-9 * (1 + Math.Abs(a.Value));
}
