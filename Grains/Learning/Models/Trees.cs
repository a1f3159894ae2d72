namespace Hts.Models;

/// <summary>
/// Boosted regression trees over scaled features, all trees in one run of nodes. An inner node names a feature and a threshold; its
/// children stand side by side further on: the first for values up to the threshold, the second for larger ones.
/// </summary>
/// <param name="FeatureCount">Features of a row.</param>
/// <param name="Base">One an output: what its trees add to.</param>
/// <param name="Outputs">One a tree: the output it adds to.</param>
/// <param name="Roots">One a tree: its first node; trees follow each other without gaps.</param>
/// <param name="Features">One a node: the feature it splits on, −1 for a leaf.</param>
/// <param name="Children">One a node: its first child, 0 for a leaf.</param>
/// <param name="Values">One a node: the threshold, or what a leaf adds.</param>
internal sealed record Trees(
    int FeatureCount, double[] Base, int[] Outputs, int[] Roots, int[] Features, int[] Children, float[] Values) : Member
{
    /// <summary>Most trees of a member.</summary>
    public const int MaxTrees = 8_192;

    /// <summary>Most nodes of a member.</summary>
    public const int MaxNodes = 262_144;

    /// <summary>Longest way from a root to a leaf.</summary>
    public const int MaxDepth = 32;

    public override string Kind => MemberKinds.Trees;

    public override IMemberRunner CreateRunner(int maxRows) => new TreesRunner(this);

    /// <summary>The rule that the arrays break, or null: with none broken every walk ends at a leaf within the depth.</summary>
    public string? BrokenRule()
    {
        if (Outputs.Length != Roots.Length || Features.Length != Children.Length || Features.Length != Values.Length)
            return "arrays of different lengths";
        if (Roots.Length > MaxTrees || Features.Length > MaxNodes)
            return $"{Roots.Length} trees of {Features.Length} nodes; at most {MaxTrees} of {MaxNodes} are allowed";
        if (Array.FindIndex(Outputs, o => o < 0 || o >= Base.Length) is >= 0 and var tree)
            return $"tree {tree} adds to output {Outputs[tree]} of {Base.Length}";
        if ((Roots.Length == 0) != (Features.Length == 0))
            return "nodes without a tree, or a tree without nodes";
        for (var t = 0; t < Roots.Length; t++)
        {
            var first = Roots[t];
            var end = t + 1 < Roots.Length ? Roots[t + 1] : Features.Length;
            if ((t == 0 && first != 0) || first >= end || end > Features.Length)
                return $"tree {t} has nodes {first} to {end}";
            if (BrokenNode(first, end) is { } rule)
                return $"tree {t}: {rule}";
        }
        return null;
    }

    private string? BrokenNode(int first, int end)
    {
        var depth = new int[end - first];
        for (var node = first; node < end; node++)
        {
            if (Features[node] == -1)
            {
                if (Children[node] != 0)
                    return $"leaf {node} has a child";
                continue;
            }
            if (Features[node] < 0 || Features[node] >= FeatureCount)
                return $"node {node} splits on feature {Features[node]} of {FeatureCount}";
            var child = Children[node];
            // Children further on and within the tree: no walk comes back or strays.
            if (child <= node || child >= end - 1)
                return $"node {node} has its children at {child}";
            var below = depth[node - first] + 1;
            if (below > MaxDepth)
                return $"node {child} lies deeper than {MaxDepth}";
            depth[child - first] = Math.Max(depth[child - first], below);
            depth[child + 1 - first] = Math.Max(depth[child + 1 - first], below);
        }
        return null;
    }
}
