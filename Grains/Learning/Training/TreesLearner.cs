using Hts.Models;

namespace Hts.Training;

/// <summary>
/// Boosted trees: for each output a run of small trees on squared error, each on drawn rows and features. Outputs are grown side by side,
/// each by its own generator, so the bits do not depend on the number of threads.
/// </summary>
/// <remarks>
/// Grown here rather than by a library: features are binned once for all outputs, nothing native has to be found on the machine, and
/// whole-number sums do not depend on order. LightGBM through ML.NET, which bins anew for each output and asks for a system
/// library (libgomp1), takes more than three times the processor time for nine outputs of 50,000 rows by 110 features.
/// </remarks>
internal sealed class TreesLearner : Learner
{
    public override string Kind => MemberKinds.Trees;

    public override Member Fit(LearningTask task, ReadOnlySpan<int> train, ReadOnlySpan<int> validation) => Grow(task, train.ToArray());

    // The second fit asks nothing of the first.
    public override bool Resume(Member fitted) => fitted is Trees;

    public override Member Refit(LearningTask task, ReadOnlySpan<int> rows) => Grow(task, rows.ToArray());

    private static Trees Grow(LearningTask task, int[] rows)
    {
        var first = task.Options.Trees.Embeddings ? 0 : task.Data.Header.EmbeddingColumns;
        int[] columns = [.. Enumerable.Range(first, task.Scaler.Count - first).Where(c => task.Scaler.Inverse[c] != 0)];
        var bases = new double[task.Layout.OutputCount];
        foreach (var row in rows)
            for (var t = 0; t < bases.Length; t++)
                bases[t] += task.Targets.Row(row)[t] / rows.Length;
        // Nothing to split on: one leaf that adds nothing.
        if (columns.Length == 0)
            return new Trees(task.Scaler.Count, bases, [0], [0], [-1], [0], [0]);

        var grown = new List<TreeNode>[bases.Length];
        var bins = new FeatureBins(task, columns, rows);
        var threads = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = task.Cancellation };
        Parallel.For(0, bases.Length, threads, t => grown[t] = Boost(task, bins, rows, t, bases[t]));
        return Assemble(task.Scaler.Count, bases, grown, bins);
    }

    private static List<TreeNode> Boost(LearningTask task, FeatureBins bins, int[] rows, int output, double start)
    {
        var grower = new TreeGrower(bins, task.Options.Trees);
        var random = new SplitMix(((ulong)(uint)task.Seed << 32) + (ulong)output);
        var residuals = Array.ConvertAll(rows, row => (float)(task.Targets.Row(row)[output] - start));
        List<TreeNode> nodes = [];
        for (var tree = 0; tree < task.Options.Trees.Trees; tree++)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            var root = nodes.Count;
            grower.Grow(residuals, random, nodes);
            for (var i = 0; i < residuals.Length; i++)
                residuals[i] -= Walk(nodes, root, bins.Row(i));
        }
        return nodes;
    }

    private static float Walk(List<TreeNode> nodes, int at, ReadOnlySpan<byte> row)
    {
        while (true)
        {
            var node = nodes[at];
            if (node.Column < 0)
                return node.Value;
            at = node.Child + (row[node.Column] <= node.Bin ? 0 : 1);
        }
    }

    private static Trees Assemble(int featureCount, double[] bases, List<TreeNode>[] grown, FeatureBins bins)
    {
        List<int> outputs = [], roots = [], features = [], children = [];
        List<float> values = [];
        for (var t = 0; t < grown.Length; t++)
        {
            var offset = features.Count;
            var nextRoot = 0;
            for (var i = 0; i < grown[t].Count; i++)
            {
                var node = grown[t][i];
                if (i == nextRoot)
                {
                    outputs.Add(t);
                    roots.Add(offset + i);
                }
                nextRoot = Math.Max(nextRoot, node.Column < 0 ? i + 1 : node.Child + 2);
                features.Add(node.Column < 0 ? -1 : bins.FeatureOf(node.Column));
                children.Add(node.Column < 0 ? 0 : offset + node.Child);
                values.Add(node.Column < 0 ? node.Value : bins.CutOf(node.Column, node.Bin));
            }
        }
        return new Trees(featureCount, bases, [.. outputs], [.. roots], [.. features], [.. children], [.. values]);
    }
}
