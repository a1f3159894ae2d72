using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Hts.Models;

/// <summary>Runs a perceptron in libtorch. Its weights and its input buffer are native and live until disposed.</summary>
internal sealed class MlpRunner : IMemberRunner
{
    private readonly Mlp mlp;
    private readonly Tensor input;
    private readonly Tensor[] weights;
    private readonly Tensor[] biases;

    public MlpRunner(Mlp mlp, int maxRows)
    {
        TorchRuntime.EnsureReady();
        this.mlp = mlp;
        using var scope = NewDisposeScope();
        input = zeros(maxRows, mlp.Layers[0].Inputs).DetachFromDisposeScope();
        // Stored transposed once, so that a batch is a plain x·W + b.
        weights = [.. mlp.Layers.Select(l => tensor(l.Weights, l.Outputs, l.Inputs).t().contiguous().DetachFromDisposeScope())];
        biases = [.. mlp.Layers.Select(l => tensor(l.Bias).DetachFromDisposeScope())];
    }

    public void Run(int rows, ReadOnlySpan<float> scaled, Span<double> outputs)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        scaled[..(rows * mlp.Layers[0].Inputs)].CopyTo(MemoryMarshal.Cast<byte, float>(input.bytes));
        var x = input.narrow(0, 0, rows);
        for (var i = 0; i < weights.Length; i++)
        {
            x = addmm(biases[i], x, weights[i], beta: 1, alpha: 1);
            if (i < weights.Length - 1)
                x = x.relu_();
        }
        var result = MemoryMarshal.Cast<byte, float>(x.bytes);
        var count = mlp.OutputMean.Length;
        for (var row = 0; row < rows; row++)
            for (var t = 0; t < count; t++)
                outputs[(row * count) + t] = mlp.OutputMean[t] + (mlp.OutputScale[t] * result[(row * count) + t]);
    }

    public void Dispose()
    {
        input.Dispose();
        foreach (var tensor in weights.Concat(biases))
            tensor.Dispose();
    }
}
