using Hts.Models;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class RidgeLearnerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(12)]
    public void A_fit_with_two_penalties_solves_the_normal_equations(int firstBlock)
    {
        const int inputs = 12;
        var (moments, rows, targets) = Random(seed: 3, count: 157, inputs);

        var (weights, intercepts) = new BlockRidge(moments, firstBlock).Eliminate(0.7).Solve(0.2);

        // (X'X + λ)w = X'y on centred values, summed naively.
        var mean = Enumerable.Range(0, inputs).Select(c => rows.Average(r => r[c])).ToArray();
        var targetMean = targets.Average();
        for (var i = 0; i < inputs; i++)
        {
            var left = weights[i] * rows.Count * (i < firstBlock ? 0.7 : 0.2);
            for (var j = 0; j < inputs; j++)
                left += rows.Sum(r => (r[i] - mean[i]) * (r[j] - mean[j])) * weights[j];
            left.ShouldBe(rows.Zip(targets).Sum(p => (p.First[i] - mean[i]) * (p.Second - targetMean)), 1e-8);
        }
        intercepts[0].ShouldBe(targetMean - weights.Zip(mean).Sum(p => p.First * p.Second), 1e-9);
    }

    [Fact]
    public void A_block_left_out_has_no_weight()
    {
        var (moments, _, _) = Random(seed: 4, count: 100, inputs: 9);

        var (weights, _) = new BlockRidge(moments, 4).Eliminate(null).Solve(0.1);

        weights[..4].ShouldAllBe(w => w == 0);
        weights[4..].ShouldAllBe(w => w != 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(131)]
    public void Moments_equal_plain_sums_and_add_up(int count)
    {
        const int inputs = 21;
        var (all, rows, targets) = Random(seed: 5, count, inputs);

        for (var i = 0; i < inputs; i++)
        {
            all.Sums[i].ShouldBe(rows.Sum(r => r[i]), 1e-9);
            all.Cross[i].ShouldBe(rows.Zip(targets).Sum(p => p.First[i] * p.Second), 1e-9);
            for (var j = 0; j < inputs; j++)
                all.Products[(i * all.Stride) + j].ShouldBe(rows.Sum(r => r[i] * r[j]), 1e-9);
        }
        var twice = Random(seed: 5, count, inputs).Moments;
        twice.Merge(all);
        twice.Count.ShouldBe(2 * count);
        twice.Products[inputs / 2].ShouldBe(2 * all.Products[inputs / 2]);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_named() =>
        Should.Throw<ArithmeticException>(() => Cholesky.Factor([1, 0, 2, 1], 2, 2, 0)).Message.ShouldContain("pivot 1");

    [Fact]
    public void Weak_inputs_get_a_heavier_penalty_than_strong_ones()
    {
        // The planted direction lies on all features; a task whose embedding block is noise must shrink or drop that block.
        var (task, train, validation) = Tasks.Planted(seed: 6, slots: 2500, features: 30, embeddings: 10);
        foreach (var row in Enumerable.Range(0, task.Data.Count))
            Noise(task, row);
        var learner = new RidgeLearner();

        var member = (Ridge)learner.Fit(task, train, validation);

        learner.Chosen.Count.ShouldBe(9);
        var long_hold = member.Weights.AsSpan(4 * 30, 30);
        var embeddings = long_hold[..10].ToArray().Average(w => Math.Abs(w));
        var prices = long_hold[10..].ToArray().Average(w => Math.Abs(w));
        embeddings.ShouldBeLessThan(prices / 3);
    }

    private static void Noise(LearningTask task, int row)
    {
        // Rows are read-only for learners; the test owns the matrix and overwrites what stands there.
        var values = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref System.Runtime.InteropServices.MemoryMarshal.GetReference(task.Data.Features.Row(row)), 10);
        var random = new SplitMix((ulong)(row + 99));
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((random.NextDouble() * 2) - 1);
    }

    private static (Moments Moments, List<double[]> Rows, double[] Targets) Random(int seed, int count, int inputs)
    {
        var random = new Random(seed);
        var moments = new Moments(inputs, 1);
        var columns = Enumerable.Range(0, inputs).ToArray();
        List<double[]> rows = [];
        var targets = new double[count];
        for (var i = 0; i < count; i++)
        {
            var row = columns.Select(_ => random.NextSingle()).ToArray();
            targets[i] = random.NextDouble() + row[0];
            rows.Add(Array.ConvertAll(row, x => (double)x));
            moments.Add(row, columns, [targets[i]]);
        }
        return (moments.Finish(), rows, targets);
    }
}
