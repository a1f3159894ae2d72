using Hts.Models;

namespace Hts.Training;

/// <summary>Outputs of a member, or of an average of members, over chosen rows of a data set.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Values">Rows × outputs.</param>
internal sealed record RawOutputs(int[] Rows, double[] Values)
{
    private const int BatchRows = 256;

    public ReadOnlySpan<double> Row(int i) => Values.AsSpan(i * (Values.Length / Math.Max(1, Rows.Length)), Values.Length / Math.Max(1, Rows.Length));

    /// <summary>Runs a member.</summary>
    public static RawOutputs Of(Member member, LearningTask task, int[] rows)
    {
        var outputs = task.Layout.OutputCount;
        var features = member.ReadsFeatures ? task.Scaler.Count : 0;
        var values = new double[rows.Length * outputs];
        var scaled = new float[BatchRows * features];
        var standing = new sbyte[BatchRows * task.Layout.ActiveCount];
        using var runner = member.CreateRunner(task.Layout, BatchRows);
        for (var at = 0; at < rows.Length; at += BatchRows)
        {
            var count = Math.Min(BatchRows, rows.Length - at);
            for (var i = 0; i < count; i++)
            {
                if (features > 0)
                    task.Scaler.Apply(task.Data.Features.Row(rows[at + i]), scaled.AsSpan(i * features, features));
                task.Data.Standing(rows[at + i]).CopyTo(standing.AsSpan(i * task.Layout.ActiveCount));
            }
            runner.Run(count, scaled, standing, values.AsSpan(at * outputs, count * outputs));
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
