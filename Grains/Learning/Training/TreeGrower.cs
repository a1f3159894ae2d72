using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hts.Training;

/// <summary>
/// Grows one regression tree at a time, leaf by leaf where it gains most, from histograms of binned features. Sums are kept in whole
/// numbers, count and residual in one, so that they are fast and do not depend on the order of rows. Source of the method: Friedman,
/// "Greedy function approximation: a gradient boosting machine" (2001); of the histograms: Ke et al., "LightGBM" (2017).
/// </summary>
internal sealed class TreeGrower
{
    // A sum of residuals must fit into 31 bits.
    private const int MaxSum = int.MaxValue;
    private const int MaxUnits = 1 << 15;

    private readonly FeatureBins bins;
    private readonly TreesOptions options;
    private readonly long[][] histograms;
    private readonly int[] allColumns;
    private readonly int[] rows;
    private readonly int[] moved;
    private readonly long[] packed;

    public TreeGrower(FeatureBins bins, TreesOptions options)
    {
        this.bins = bins;
        this.options = options;
        allColumns = [.. Enumerable.Range(0, bins.Columns)];
        Columns = Math.Max(1, (int)Math.Round(bins.Columns * options.FeatureShare));
        histograms = [.. Enumerable.Range(0, options.Leaves).Select(_ => new long[Columns * FeatureBins.Count])];
        rows = new int[bins.Rows];
        moved = new int[bins.Rows];
        packed = new long[bins.Rows];
    }

    /// <summary>Columns that one tree may split on.</summary>
    private int Columns { get; }

    /// <summary>Grows a tree on residuals of drawn rows and adds its nodes to the list.</summary>
    /// <param name="residuals">One a row.</param>
    public void Grow(ReadOnlySpan<float> residuals, SplitMix random, List<TreeNode> nodes)
    {
        var count = Draw(random);
        random.Shuffle(allColumns);
        var columns = allColumns.AsSpan(0, Columns);
        columns.Sort();
        Pack(residuals, count);

        var first = nodes.Count;
        List<Leaf> leaves = [new Leaf(first, 0, count, histograms[0])];
        nodes.Add(default);
        Fill(leaves[0], columns);
        Measure(leaves[0]);
        while (leaves.Count < options.Leaves)
        {
            var best = leaves[0];
            foreach (var leaf in leaves)
                if (leaf.Gain > best.Gain)
                    best = leaf;
            if (best.Gain <= 0)
                break;
            Split(best, columns, leaves, nodes);
        }
        foreach (var leaf in leaves)
            nodes[leaf.Node] = TreeNode.Leaf((float)(options.LearningRate * Mean(residuals, leaf)));
    }

    private int Draw(SplitMix random)
    {
        var count = 0;
        for (var row = 0; row < bins.Rows; row++)
            if (options.RowShare >= 1 || random.NextDouble() < options.RowShare)
                rows[count++] = row;
        return count;
    }

    /// <summary>Residual in whole units above, a one to count below.</summary>
    private void Pack(ReadOnlySpan<float> residuals, int count)
    {
        var most = 0f;
        for (var i = 0; i < count; i++)
            most = Math.Max(most, Math.Abs(residuals[rows[i]]));
        var unit = most > 0 ? Math.Min(MaxUnits, MaxSum / Math.Max(1, count)) / most : 0;
        for (var i = 0; i < count; i++)
            packed[rows[i]] = ((long)MathF.Round(residuals[rows[i]] * unit) << 32) + 1;
    }

    private double Mean(ReadOnlySpan<float> residuals, Leaf leaf)
    {
        double sum = 0;
        for (var i = leaf.From; i < leaf.To; i++)
            sum += residuals[rows[i]];
        return leaf.To > leaf.From ? sum / (leaf.To - leaf.From) : 0;
    }

    // The inner loop of all the growing: references that move along, as the loop by index takes half as long again.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fill(Leaf leaf, ReadOnlySpan<int> columns)
    {
        leaf.Histogram.AsSpan().Clear();
        ref var sums = ref MemoryMarshal.GetArrayDataReference(leaf.Histogram);
        ref var chosen = ref MemoryMarshal.GetReference(columns);
        for (var i = leaf.From; i < leaf.To; i++)
        {
            ref var row = ref MemoryMarshal.GetReference(bins.Row(rows[i]));
            var value = packed[rows[i]];
            ref var into = ref sums;
            for (nint k = 0; k < columns.Length; k++)
            {
                Unsafe.Add(ref into, (nint)Unsafe.Add(ref row, (nint)Unsafe.Add(ref chosen, k))) += value;
                into = ref Unsafe.Add(ref into, FeatureBins.Count);
            }
        }
    }

    /// <summary>Finds the split of a leaf that takes most off the squared error.</summary>
    private void Measure(Leaf leaf)
    {
        leaf.Gain = 0;
        var all = 0L;
        foreach (var sum in leaf.Histogram.AsSpan(0, FeatureBins.Count))
            all += sum;
        var whole = Score(all);
        for (var k = 0; k < Columns; k++)
        {
            var column = leaf.Histogram.AsSpan(k * FeatureBins.Count, FeatureBins.Count);
            var left = 0L;
            for (var bin = 0; bin < FeatureBins.Count - 1; bin++)
            {
                left += column[bin];
                var right = all - left;
                if ((uint)right < options.LeafRows)
                    break;
                if ((uint)left < options.LeafRows)
                    continue;
                var gain = Score(left) + Score(right) - whole;
                if (gain > leaf.Gain)
                    (leaf.Gain, leaf.Column, leaf.Bin) = (gain, k, bin);
            }
        }
    }

    private static double Score(long sum)
    {
        double residual = sum >> 32;
        return residual * residual / Math.Max(1, (uint)sum);
    }

    private void Split(Leaf leaf, ReadOnlySpan<int> columns, List<Leaf> leaves, List<TreeNode> nodes)
    {
        var column = columns[leaf.Column];
        var middle = Part(leaf, column);
        nodes[leaf.Node] = TreeNode.Inner(column, leaf.Bin, nodes.Count);
        var left = new Leaf(nodes.Count, leaf.From, middle, leaf.Histogram);
        var right = new Leaf(nodes.Count + 1, middle, leaf.To, leaf.Histogram);
        nodes.Add(default);
        nodes.Add(default);
        // The smaller child is counted, the larger one is what is left of the parent.
        var (small, large) = left.Rows < right.Rows ? (left, right) : (right, left);
        small.Histogram = histograms[leaves.Count];
        leaves[leaves.IndexOf(leaf)] = left;
        leaves.Add(right);
        if (leaves.Count == options.Leaves)
            return;
        Fill(small, columns);
        Subtract(large.Histogram, small.Histogram);
        Measure(left);
        Measure(right);
    }

    private int Part(Leaf leaf, int column)
    {
        var middle = leaf.From;
        var others = 0;
        for (var i = leaf.From; i < leaf.To; i++)
        {
            if (bins.Row(rows[i])[column] <= leaf.Bin)
                rows[middle++] = rows[i];
            else
                moved[others++] = rows[i];
        }
        moved.AsSpan(0, others).CopyTo(rows.AsSpan(middle));
        return middle;
    }

    private static void Subtract(Span<long> from, ReadOnlySpan<long> values)
    {
        var wide = Vector<long>.Count;
        var i = 0;
        for (; i <= from.Length - wide; i += wide)
            (new Vector<long>(from[i..]) - new Vector<long>(values[i..])).CopyTo(from[i..]);
        for (; i < from.Length; i++)
            from[i] -= values[i];
    }

    private sealed class Leaf(int node, int from, int to, long[] histogram)
    {
        public int Node => node;

        public int From => from;

        public int To => to;

        public int Rows => to - from;

        public long[] Histogram { get; set; } = histogram;

        /// <summary>What the best split takes off the squared error, in squared units; 0 when there is none.</summary>
        public double Gain { get; set; }

        /// <summary>Its column, of those the tree may use.</summary>
        public int Column { get; set; }

        public int Bin { get; set; }
    }
}
