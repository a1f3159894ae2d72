namespace Hts.Models;

/// <summary>
/// Runs trees in plain code, tree by tree over all rows, so that the few nodes of a tree stay close. Adds in double and in tree order:
/// the same sums to the bit, however rows are batched. A batch allocates nothing.
/// </summary>
internal sealed class TreesRunner : IMemberRunner
{
    private readonly Trees trees;
    private readonly Node[] nodes;

    /// <param name="trees">Without a broken rule.</param>
    public TreesRunner(Trees trees)
    {
        this.trees = trees;
        nodes = [.. trees.Features.Select((feature, i) => new Node(feature, trees.Children[i], trees.Values[i]))];
    }

    public void Run(int rows, ReadOnlySpan<float> scaled, Span<double> outputs)
    {
        var count = trees.Base.Length;
        var features = trees.FeatureCount;
        for (var row = 0; row < rows; row++)
            trees.Base.CopyTo(outputs.Slice(row * count, count));
        for (var t = 0; t < trees.Roots.Length; t++)
        {
            var root = trees.Roots[t];
            var output = trees.Outputs[t];
            for (var row = 0; row < rows; row++)
                outputs[(row * count) + output] += Walk(root, scaled.Slice(row * features, features));
        }
    }

    public void Dispose()
    {
    }

    private float Walk(int at, ReadOnlySpan<float> row)
    {
        while (true)
        {
            ref readonly var node = ref nodes[at];
            if (node.Feature < 0)
                return node.Value;
            at = node.Child + (row[node.Feature] <= node.Value ? 0 : 1);
        }
    }

    private readonly record struct Node(int Feature, int Child, float Value);
}
