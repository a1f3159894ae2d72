namespace Hts.Training;

/// <summary>Gives the perceptron its rows: scaled features and standardised targets, gathered batch by batch.</summary>
internal sealed class MlpRows(LearningTask task, double[] mean, double[] scale) : IMlpRows
{
    public void Gather(ReadOnlySpan<int> rows, Span<float> inputs, Span<float> targets)
    {
        var columns = task.Scaler.Count;
        for (var i = 0; i < rows.Length; i++)
        {
            task.Scaler.Apply(task.Data.Features.Row(rows[i]), inputs.Slice(i * columns, columns));
            var values = task.Targets.Row(rows[i]);
            for (var t = 0; t < values.Length; t++)
                targets[(i * values.Length) + t] = (float)((values[t] - mean[t]) / scale[t]);
        }
    }
}
