using Hts.DataSets;
using Hts.Models;

namespace Hts.Training;

/// <summary>
/// What the members learn: for each row the outputs of the layout, gross in σ units clipped to quantiles of the training rows (a few
/// wild slots would otherwise own every fit), sides as they are.
/// </summary>
internal sealed class Targets
{
    private readonly double[] values;

    private Targets(double[] values, OutputRange[] ranges)
    {
        this.values = values;
        Ranges = ranges;
    }

    /// <summary>Range of each output over the training rows.</summary>
    public OutputRange[] Ranges { get; }

    public int Count => Ranges.Length;

    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * Count, Count);

    /// <param name="clip">Share cut at each end of gross, for instance .002.</param>
    public static Targets Make(DataSet data, TargetLayout layout, ReadOnlySpan<int> train, double clip)
    {
        var count = layout.OutputCount;
        var values = new double[data.Count * count];
        for (var row = 0; row < data.Count; row++)
            Fill(data, layout, row, values.AsSpan(row * count, count));

        var ranges = new OutputRange[count];
        var column = new double[train.Length];
        for (var t = 0; t < count; t++)
        {
            for (var i = 0; i < train.Length; i++)
                column[i] = values[(train[i] * count) + t];
            Array.Sort(column);
            ranges[t] = t < layout.GrossCount
                ? new OutputRange(Quantiles.Of(column, clip), Quantiles.Of(column, 1 - clip))
                : new OutputRange(0, column[^1]);
            if (t < layout.GrossCount)
                for (var row = 0; row < data.Count; row++)
                    values[(row * count) + t] = Math.Clamp(values[(row * count) + t], ranges[t].Low, ranges[t].High);
        }
        return new Targets(values, ranges);
    }

    /// <summary>What is left to learn once a table is taken off.</summary>
    public Targets Less(CondTable cond, DataSet data, TargetLayout layout)
    {
        var left = (double[])values.Clone();
        for (var row = 0; row < data.Count; row++)
            for (var t = 0; t < Count; t++)
                left[(row * Count) + t] -= cond.Cells[CondTable.CellOf(layout, t, data.Standing(row))];
        return new Targets(left, Ranges);
    }

    /// <summary>The targets of several with the same rows, side by side.</summary>
    public static Targets Beside(IReadOnlyList<Targets> parts)
    {
        var count = parts.Sum(p => p.Count);
        var rows = parts[0].values.Length / parts[0].Count;
        var values = new double[rows * count];
        for (var row = 0; row < rows; row++)
        {
            var into = values.AsSpan(row * count, count);
            foreach (var part in parts)
            {
                part.Row(row).CopyTo(into);
                into = into[part.Count..];
            }
        }
        return new Targets(values, [.. parts.SelectMany(p => p.Ranges)]);
    }

    private static void Fill(DataSet data, TargetLayout layout, int row, Span<double> into)
    {
        var gross = data.Gross(row);
        var sides = data.Sides(row);
        var sigma = data.Sigma(row);
        for (var a = 0; a < layout.ActiveCount; a++)
        {
            into[a] = gross[layout.Active[a]] / sigma;
            into[layout.GrossCount + a] = sides[layout.Active[a]];
        }
        into[layout.ActiveCount] = gross[layout.LongIndex] / sigma;
    }
}
