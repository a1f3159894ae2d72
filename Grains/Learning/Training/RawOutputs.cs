using Hts.DataSets;
using Hts.Models;

namespace Hts.Training;

/// <summary>Outputs of a candidate, the <c>cond</c> table included, over chosen rows of a data set.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Values">Rows × outputs.</param>
internal sealed record RawOutputs(int[] Rows, double[] Values)
{
    private const int BatchRows = 256;

    public ReadOnlySpan<double> Row(int i) => Values.AsSpan(i * (Values.Length / Math.Max(1, Rows.Length)), Values.Length / Math.Max(1, Rows.Length));

    /// <summary>The table alone.</summary>
    public static RawOutputs Of(CondTable cond, DataSet data, TargetLayout layout, int[] rows)
    {
        var values = new double[rows.Length * layout.OutputCount];
        for (var i = 0; i < rows.Length; i++)
            cond.AddTo(layout, 1, data.Standing(rows[i]), values.AsSpan(i * layout.OutputCount, layout.OutputCount));
        return new RawOutputs(rows, values);
    }

    /// <summary>The table and what a member adds to it.</summary>
    public static RawOutputs Of(CondTable cond, Member member, LearningTask task, int[] rows)
    {
        var outputs = task.Layout.OutputCount;
        var features = task.Scaler.Count;
        var values = new double[rows.Length * outputs];
        var scaled = new float[BatchRows * features];
        using var runner = member.CreateRunner(BatchRows);
        for (var at = 0; at < rows.Length; at += BatchRows)
        {
            var count = Math.Min(BatchRows, rows.Length - at);
            for (var i = 0; i < count; i++)
                task.Scaler.Apply(task.Data.Features.Row(rows[at + i]), scaled.AsSpan(i * features, features));
            runner.Run(count, scaled, values.AsSpan(at * outputs, count * outputs));
            for (var i = 0; i < count; i++)
                cond.AddTo(task.Layout, 1, task.Data.Standing(rows[at + i]), values.AsSpan((at + i) * outputs, outputs));
        }
        return new RawOutputs(rows, values);
    }

    /// <summary>The mean of several, output by output.</summary>
    public static RawOutputs Average(IReadOnlyList<RawOutputs> parts)
    {
        var values = new double[parts[0].Values.Length];
        foreach (var part in parts)
            for (var i = 0; i < values.Length; i++)
                values[i] += part.Values[i] / parts.Count;
        return new RawOutputs(parts[0].Rows, values);
    }
}
