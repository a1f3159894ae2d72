namespace Hts.Models;

/// <summary>A linear model over scaled features.</summary>
/// <param name="Weights">Outputs × features.</param>
/// <param name="Bias">One an output.</param>
internal sealed record Ridge(float[] Weights, double[] Bias) : Member
{
    public override string Kind => MemberKinds.Ridge;

    /// <summary>The model of some of the outputs.</summary>
    public Ridge Part(int output, int count)
    {
        var features = Weights.Length / Bias.Length;
        return new Ridge(Weights[(output * features)..((output + count) * features)], Bias[output..(output + count)]);
    }

    public override IMemberRunner CreateRunner(int maxRows) => new Runner(Weights, Bias);

    private sealed class Runner(float[] weights, double[] bias) : IMemberRunner
    {
        private readonly int features = weights.Length / bias.Length;

        public void Run(int rows, ReadOnlySpan<float> scaled, Span<double> outputs)
        {
            for (var row = 0; row < rows; row++)
            {
                var x = scaled.Slice(row * features, features);
                for (var t = 0; t < bias.Length; t++)
                    outputs[(row * bias.Length) + t] = bias[t] + FloatMath.Dot(x, weights.AsSpan(t * features, features));
            }
        }

        public void Dispose()
        {
        }
    }
}
