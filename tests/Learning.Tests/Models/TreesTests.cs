using CsCheck;
using Hts.Models;

namespace Hts.Tests.Models;

public sealed class TreesTests
{
    [Fact]
    public void The_runner_says_what_the_arrays_say_row_by_row() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 20]).Sample((seed, rows) =>
        {
            var random = new Random(seed);
            var trees = SampleModels.SampleTrees(random, outputs: 5);
            trees.BrokenRule().ShouldBeNull();
            // As the model runner does it: the buffer is longer than the batch.
            var scaled = Enumerable.Range(0, (rows + 3) * SampleModels.Features).Select(_ => random.NextSingle() - 0.5f).ToArray();
            var outputs = new double[rows * 5];

            trees.CreateRunner(rows + 3).Run(rows, scaled, outputs);

            for (var row = 0; row < rows; row++)
                outputs.AsSpan(row * 5, 5).ToArray().ShouldBe(Naive(trees, scaled[(row * SampleModels.Features)..]));
        }, iter: 200);

    [Fact]
    public void A_value_at_the_threshold_goes_to_the_first_child()
    {
        var trees = new Trees(1, [0], [0], [0], [0, -1, -1], [1, 0, 0], [0.25f, -1, 1]);
        var outputs = new double[2];

        trees.CreateRunner(2).Run(2, [0.25f, MathF.BitIncrement(0.25f)], outputs);

        outputs.ShouldBe([-1, 1]);
    }

    [Theory]
    [InlineData("feature 0 20", "node 0 splits on feature 20 of 20")]
    [InlineData("feature 0 -2", "node 0 splits on feature -2 of 20")]
    [InlineData("child 0 0", "node 0 has its children at 0")]
    [InlineData("child 2 1", "node 2 has its children at 1")]
    [InlineData("child 0 4", "node 0 has its children at 4")]
    [InlineData("child 0 -1", "node 0 has its children at -1")]
    [InlineData("child 0 2147483647", "node 0 has its children at 2147483647")]
    [InlineData("child 1 3", "leaf 1 has a child")]
    [InlineData("output 1 2", "tree 1 adds to output 2 of 2")]
    [InlineData("output 0 -1", "tree 0 adds to output -1 of 2")]
    [InlineData("root 0 1", "tree 0 has nodes 1 to 5")]
    [InlineData("root 1 0", "tree 0 has nodes 0 to 0")]
    [InlineData("root 1 6", "tree 1 has nodes 6 to 6")]
    [InlineData("root 1 4", "node 2 has its children at 3")]
    public void What_could_lead_a_walk_astray_breaks_a_rule(string change, string rule)
    {
        // Tree 0: 0 splits to 1 and 2, 2 splits to 3 and 4. Tree 1: the leaf 5.
        var trees = new Trees(20, [0, 0], [0, 1], [0, 5], [3, -1, 7, -1, -1, -1], [1, 0, 3, 0, 0, 0], [0.5f, 1, 0.2f, 2, 3, 4]);
        trees.BrokenRule().ShouldBeNull();
        var parts = change.Split(' ');
        var array = parts[0] switch { "feature" => trees.Features, "child" => trees.Children, "output" => trees.Outputs, _ => trees.Roots };
        array[int.Parse(parts[1])] = int.Parse(parts[2]);

        trees.BrokenRule().ShouldNotBeNull().ShouldContain(rule);
    }

    [Fact]
    public void A_walk_cannot_be_longer_than_its_bound()
    {
        // A chain: each first child is a leaf, each second one splits again.
        Trees Chain(int splits) => new(
            1, [0], [0], [0],
            [.. Enumerable.Range(0, (2 * splits) + 1).Select(i => i % 2 == 0 && i < 2 * splits ? 0 : -1)],
            [.. Enumerable.Range(0, (2 * splits) + 1).Select(i => i % 2 == 0 && i < 2 * splits ? i + 1 : 0)],
            new float[(2 * splits) + 1]);

        Chain(Trees.MaxDepth).BrokenRule().ShouldBeNull();
        Chain(Trees.MaxDepth + 1).BrokenRule().ShouldNotBeNull().ShouldContain("deeper than 32");
    }

    [Fact]
    public void Arrays_that_do_not_belong_together_break_a_rule()
    {
        new Trees(1, [0], [0], [0], [-1], [0], [0, 0]).BrokenRule().ShouldBe("arrays of different lengths");
        new Trees(1, [0], [0, 0], [0], [-1], [0], [0]).BrokenRule().ShouldBe("arrays of different lengths");
        new Trees(1, [0], [], [], [-1], [0], [0]).BrokenRule().ShouldBe("nodes without a tree, or a tree without nodes");
        new Trees(1, [0], new int[Trees.MaxTrees + 1], new int[Trees.MaxTrees + 1], [-1], [0], [0]).BrokenRule().ShouldNotBeNull().ShouldContain("at most");
    }

    private static double[] Naive(Trees trees, float[] row)
    {
        var sums = (double[])trees.Base.Clone();
        for (var t = 0; t < trees.Roots.Length; t++)
        {
            var node = trees.Roots[t];
            while (trees.Features[node] >= 0)
                node = row[trees.Features[node]] <= trees.Values[node] ? trees.Children[node] : trees.Children[node] + 1;
            sums[trees.Outputs[t]] += trees.Values[node];
        }
        return sums;
    }
}
