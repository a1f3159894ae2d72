using Hts.Models;

namespace Hts.Training;

/// <summary>Means of each output for "own position flat" and "own position stands"; thin cells lean on the mean of both.</summary>
internal sealed class CondLearner : Learner
{
    /// <summary>Rows' worth of the overall mean that each cell starts with.</summary>
    private const double PriorRows = 10;

    public override string Kind => MemberKinds.Cond;

    public override Member Fit(LearningTask task, ReadOnlySpan<int> train, ReadOnlySpan<int> validation) => Fit(task, train);

    public override Member Refit(LearningTask task, ReadOnlySpan<int> rows) => Fit(task, rows);

    private static CondTable Fit(LearningTask task, ReadOnlySpan<int> rows)
    {
        var outputs = task.Layout.OutputCount;
        var sums = new double[2 * outputs];
        var counts = new double[2 * outputs];
        foreach (var row in rows)
        {
            var targets = task.Targets.Row(row);
            var states = task.Data.Standing(row);
            for (var t = 0; t < outputs; t++)
            {
                var active = task.Layout.ActiveOf(t);
                var cell = (2 * t) + (active >= 0 && states[active] != 0 ? 1 : 0);
                sums[cell] += targets[t];
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
