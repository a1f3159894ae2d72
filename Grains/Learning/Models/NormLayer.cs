namespace Hts.Models;

/// <summary>A layer norm as plain numbers, one weight and one bias an output.</summary>
internal sealed record NormLayer(float[] Weight, float[] Bias)
{
    /// <summary>Brings values to mean 0 and variance 1, then to this layer's weights and biases.</summary>
    public void Apply(Span<float> values, double epsilon)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
            sum += value;
        var mean = sum / values.Length;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        var scale = 1 / Math.Sqrt((squares / values.Length) + epsilon);
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((values[i] - mean) * scale * Weight[i]) + Bias[i];
    }
}
