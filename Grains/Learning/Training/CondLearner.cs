using Hts.DataSets;
using Hts.Models;

namespace Hts.Training;

/// <summary>Fits the table of means for "own position flat" and "own position stands"; thin cells lean on the mean of both.</summary>
internal static class CondLearner
{
    /// <summary>Rows' worth of the overall mean that each cell starts with.</summary>
    private const double PriorRows = 10;

    public static CondTable Fit(DataSet data, TargetLayout layout, Targets targets, ReadOnlySpan<int> rows)
    {
        var outputs = layout.OutputCount;
        var sums = new double[2 * outputs];
        var counts = new double[2 * outputs];
        foreach (var row in rows)
        {
            var values = targets.Row(row);
            for (var t = 0; t < outputs; t++)
            {
                var cell = CondTable.CellOf(layout, t, data.Standing(row));
                sums[cell] += values[t];
                counts[cell]++;
            }
        }

        var cells = new double[2 * outputs];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var both = cell & ~1;
            var mean = (sums[both] + sums[both + 1]) / Math.Max(1, counts[both] + counts[both + 1]);
            cells[cell] = (sums[cell] + (PriorRows * mean)) / (counts[cell] + PriorRows);
        }
        return new CondTable(cells);
    }
}
