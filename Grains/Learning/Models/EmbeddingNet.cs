namespace Hts.Models;

/// <summary>
/// A perceptron over the two embeddings alone that puts out net returns: the kind of model that the system this one follows trained in
/// PyTorch. Each hidden layer may be normalised (layer norm, Ba, Kiros and Hinton 2016) before its ReLU; dropout acts in training only.
/// </summary>
internal sealed class EmbeddingNet
{
    /// <summary>What PyTorch adds to a variance before it takes the root.</summary>
    private const double Epsilon = 1e-5;

    private readonly MlpLayer[] layers;
    private readonly NormLayer?[] norms;
    private readonly float[] current;
    private readonly float[] next;

    /// <param name="layers">From the inputs to the outputs.</param>
    /// <param name="norms">One for each layer but the last; null where it has none.</param>
    /// <exception cref="ArgumentException">The layers do not fit one another.</exception>
    public EmbeddingNet(MlpLayer[] layers, NormLayer?[] norms)
    {
        if (layers.Length == 0 || norms.Length != layers.Length - 1)
            throw new ArgumentException($"{layers.Length} layers and {norms.Length} norms do not make a net.", nameof(norms));
        for (var i = 0; i < norms.Length; i++)
        {
            if (layers[i + 1].Inputs != layers[i].Outputs || norms[i] is { } norm && norm.Weight.Length != layers[i].Outputs)
                throw new ArgumentException($"Layer {i} has {layers[i].Outputs} outputs; what follows takes another number.", nameof(layers));
        }
        this.layers = layers;
        this.norms = norms;
        var widest = layers.Max(l => l.Outputs);
        current = new float[widest];
        next = new float[widest];
    }

    /// <summary>Number of inputs: both embeddings.</summary>
    public int Inputs => layers[0].Inputs;

    public int Outputs => layers[^1].Outputs;

    /// <summary>The same weights with buffers of its own.</summary>
    public EmbeddingNet Twin() => new(layers, norms);

    /// <summary>Runs one row. Not for use by two threads at once.</summary>
    /// <param name="embeddings">A, then B; <see cref="Inputs"/> numbers.</param>
    /// <param name="outputs">Receives <see cref="Outputs"/> numbers.</param>
    public void Run(ReadOnlySpan<float> embeddings, Span<double> outputs)
    {
        var input = embeddings[..Inputs];
        for (var i = 0; i < norms.Length; i++)
        {
            var output = next.AsSpan(0, layers[i].Outputs);
            for (var o = 0; o < output.Length; o++)
                output[o] = (float)Output(layers[i], o, input);
            norms[i]?.Apply(output, Epsilon);
            for (var o = 0; o < output.Length; o++)
                output[o] = Math.Max(0, output[o]);
            output.CopyTo(current);
            input = current.AsSpan(0, output.Length);
        }
        for (var o = 0; o < Outputs; o++)
            outputs[o] = Output(layers[^1], o, input);
    }

    private static double Output(MlpLayer layer, int output, ReadOnlySpan<float> input) =>
        layer.Bias[output] + FloatMath.Dot(input, layer.Weights.AsSpan(output * layer.Inputs, layer.Inputs));
}
