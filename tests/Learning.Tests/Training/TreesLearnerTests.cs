using Hts.Models;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class TreesLearnerTests
{
    private const int Embeddings = 4;

    [Fact]
    public void A_signal_that_no_line_can_follow_is_found()
    {
        // The long hold goes up where features 10 and 11 have the same sign: no feature says anything alone.
        var (task, train, validation) = Tasks.Planted(seed: 1, slots: 6000, features: 16, embeddings: Embeddings);
        var hold = task.Layout.ActiveCount;
        Teach(task, hold, row => row[10] * row[11] > 0 ? 0.5 : -0.5);

        var outputs = Outputs(task, new TreesLearner().Fit(task, train, validation), validation);

        double explained = 0, whole = 0;
        for (var i = 0; i < validation.Length; i++)
        {
            var y = task.Targets.Row(validation[i])[hold];
            whole += y * y;
            explained += (y - outputs[i][hold]) * (y - outputs[i][hold]);
        }
        (1 - (explained / whole)).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Equal_data_and_seed_give_equal_bits_and_another_seed_does_not()
    {
        var (task, train, validation) = Tasks.Planted(seed: 2, slots: 2000);

        var first = Bits(new TreesLearner().Fit(task, train, validation));
        var again = Bits(new TreesLearner().Fit(task, train, validation));
        var other = Bits(new TreesLearner().Fit(task with { Seed = 3 }, train, validation));

        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public void Trees_stay_small_keep_to_the_rules_and_leave_the_embeddings_alone()
    {
        var (task, train, validation) = Tasks.Planted(seed: 3, slots: 3000);
        var options = task.Options.Trees;

        var trees = (Trees)new TreesLearner().Fit(task, train, validation);

        trees.BrokenRule().ShouldBeNull();
        trees.Roots.Length.ShouldBe(options.Trees * task.Layout.OutputCount);
        trees.Features.Count(f => f < 0).ShouldBeLessThanOrEqualTo(options.Leaves * trees.Roots.Length);
        trees.Features.Where(f => f >= 0).ShouldAllBe(f => f >= 16);
        trees.Features.ShouldContain(f => f >= 16);
    }

    [Fact]
    public void Embeddings_are_seen_when_asked_for()
    {
        var (task, train, validation) = Tasks.Planted(seed: 3, slots: 3000);
        task.Options.Trees.Embeddings = true;

        var trees = (Trees)new TreesLearner().Fit(task, train, validation);

        trees.Features.ShouldContain(f => f >= 0 && f < 16);
    }

    [Fact]
    public void No_leaf_stands_on_fewer_rows_than_asked_for()
    {
        var (task, train, validation) = Tasks.Planted(seed: 4, slots: 4000);
        task.Options.Trees.RowShare = 1;
        task.Options.Trees.LeafRows = 300;

        var trees = (Trees)new TreesLearner().Fit(task, train, validation);

        var counts = new int[trees.Features.Length];
        foreach (var row in train)
        {
            var scaled = Scaled(task, row);
            foreach (var root in trees.Roots)
                counts[Leaf(trees, root, scaled)]++;
        }
        for (var node = 0; node < counts.Length; node++)
            if (trees.Features[node] < 0)
                counts[node].ShouldBeGreaterThanOrEqualTo(300);
    }

    [Fact]
    public void The_first_split_is_the_best_of_all()
    {
        var (task, train, _) = Tasks.Planted(seed: 5, slots: 300, features: 8, embeddings: Embeddings);
        // Few different values, so that every possible split has a cut of its own.
        foreach (var row in Enumerable.Range(0, task.Data.Count))
            foreach (ref var value in Writable(task, row))
                value = MathF.Round(value * 3);
        task = task with { Scaler = Scaler.Fit(task.Data.Features, train, Embeddings) };
        var options = task.Options.Trees;
        (options.Trees, options.Leaves, options.LeafRows, options.RowShare, options.FeatureShare, options.LearningRate) = (1, 2, 10, 1, 1, 1);

        var trees = (Trees)new TreesLearner().Fit(task, train, []);

        for (var t = 0; t < task.Layout.OutputCount; t++)
        {
            double[] targets = [.. train.Select(row => task.Targets.Row(row)[t])];
            float[][] rows = [.. train.Select(row => Scaled(task, row))];
            var best = double.PositiveInfinity;
            for (var f = Embeddings; f < 8; f++)
                foreach (var at in rows.Select(r => r[f]).Distinct())
                {
                    var left = Enumerable.Range(0, rows.Length).Where(i => rows[i][f] <= at).ToArray();
                    if (left.Length >= 10 && left.Length <= rows.Length - 10)
                        best = Math.Min(best, Error(targets, left) + Error(targets, [.. Enumerable.Range(0, rows.Length).Except(left)]));
                }
            var found = Enumerable.Range(0, rows.Length).Sum(i => Math.Pow(targets[i] - Predict(trees, t, rows[i]), 2));
            found.ShouldBe(best, best * 1e-6);
        }
    }

    [Fact]
    public void Bins_and_cuts_tell_the_same_side()
    {
        var (task, train, _) = Tasks.Planted(seed: 6, slots: 500, features: 8, embeddings: Embeddings);
        var bins = new FeatureBins(task, [4, 6, 7], train);

        for (var i = 0; i < train.Length; i++)
        {
            var scaled = Scaled(task, train[i]);
            for (var c = 0; c < 3; c++)
                for (var bin = 0; bin < FeatureBins.Count - 1; bin++)
                    (bins.Row(i)[c] <= bin).ShouldBe(scaled[bins.FeatureOf(c)] <= bins.CutOf(c, bin));
        }
        // Some 300 different values fill all bins about equally.
        for (var bin = 0; bin < FeatureBins.Count; bin++)
            Enumerable.Range(0, train.Length).Count(i => bins.Row(i)[0] == bin).ShouldBeInRange(3, 8);
    }

    [Fact]
    public void Without_a_feature_to_split_on_the_mean_is_said()
    {
        var (task, train, _) = Tasks.Planted(seed: 7, slots: 300, features: 8, embeddings: 8);

        var outputs = Outputs(task, new TreesLearner().Fit(task, train, []), train[..1]);

        outputs[0][0].ShouldBe(train.Average(row => task.Targets.Row(row)[0]), 1e-12);
    }

    private static double Error(double[] targets, int[] places)
    {
        var mean = places.Average(i => targets[i]);
        return places.Sum(i => (targets[i] - mean) * (targets[i] - mean));
    }

    private static double Predict(Trees trees, int output, float[] row) =>
        trees.Base[output] + Enumerable.Range(0, trees.Roots.Length).Where(t => trees.Outputs[t] == output).Sum(t => (double)trees.Values[Leaf(trees, trees.Roots[t], row)]);

    private static int Leaf(Trees trees, int node, float[] row)
    {
        while (trees.Features[node] >= 0)
            node = trees.Children[node] + (row[trees.Features[node]] <= trees.Values[node] ? 0 : 1);
        return node;
    }

    private static double[][] Outputs(LearningTask task, Member member, int[] rows)
    {
        var outputs = RawOutputs.Of(new CondTable(new double[2 * task.Layout.OutputCount]), member, task, rows);
        return [.. rows.Select((_, i) => outputs.Row(i).ToArray())];
    }

    private static float[] Scaled(LearningTask task, int row)
    {
        var scaled = new float[task.Scaler.Count];
        task.Scaler.Apply(task.Data.Features.Row(row), scaled);
        return scaled;
    }

    private static string Bits(Member member)
    {
        var trees = (Trees)member;
        return string.Join(';', trees.Features) + string.Join(';', trees.Values.Select(BitConverter.SingleToInt32Bits));
    }

    // Rows and targets are read-only for learners; the test owns them and overwrites what stands there.
    private static Span<float> Writable(LearningTask task, int row) => Writable(task.Data.Features.Row(row));

    private static Span<T> Writable<T>(ReadOnlySpan<T> values) => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
        ref System.Runtime.InteropServices.MemoryMarshal.GetReference(values), values.Length);

    private static void Teach(LearningTask task, int output, Func<float[], double> rule)
    {
        for (var row = 0; row < task.Data.Count; row++)
            Writable(task.Targets.Row(row))[output] = rule(Scaled(task, row)) + (0.3 * Math.Sin(row));
    }
}
