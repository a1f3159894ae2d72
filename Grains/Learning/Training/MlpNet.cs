using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hts.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Hts.Training;

/// <summary>The perceptron while it learns, in libtorch. Batch buffers are made once; dropout masks come from our own generator.</summary>
internal sealed class MlpNet : IDisposable
{
    private const int LossRows = 1024;

    private readonly int[] sizes;
    private readonly MlpOptions options;
    private readonly SplitMix random;
    private readonly Parameter[] weights;
    private readonly Parameter[] biases;
    private readonly Tensor[] masks;
    private readonly float[] ofByte = new float[256];
    private readonly Tensor inputs;
    private readonly Tensor targets;
    private readonly Adam adam;

    public MlpNet(int[] sizes, MlpOptions options, SplitMix random)
    {
        TorchRuntime.EnsureReady();
        this.sizes = sizes;
        this.options = options;
        this.random = random;
        weights = new Parameter[sizes.Length - 1];
        biases = new Parameter[sizes.Length - 1];
        masks = new Tensor[sizes.Length - 2];
        for (var i = 0; i < weights.Length; i++)
        {
            var bound = 1 / Math.Sqrt(sizes[i]);
            weights[i] = Uniform(bound, sizes[i + 1], sizes[i]);
            biases[i] = Uniform(bound, sizes[i + 1]);
            if (i < masks.Length)
                masks[i] = zeros(options.BatchRows, sizes[i + 1]);
        }
        var dropped = (int)Math.Round(options.Dropout * 256);
        Array.Fill(ofByte, 256f / (256 - dropped), dropped, 256 - dropped);
        var rows = Math.Max(options.BatchRows, LossRows);
        inputs = zeros(rows, sizes[0]);
        targets = zeros(rows, sizes[^1]);
        adam = new Adam(options.LearningRate);
    }

    /// <summary>One step of the optimiser on a batch.</summary>
    public void Step(IMlpRows source, ReadOnlySpan<int> rows)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Batch(source, rows);
        for (var i = 0; i < weights.Length; i++)
        {
            x = nn.functional.linear(x, weights[i], biases[i]);
            if (i < masks.Length)
                x = x.relu_().mul(Mask(i, rows.Length));
        }
        nn.functional.mse_loss(x, y).backward();
        adam.Begin();
        for (var i = 0; i < weights.Length; i++)
        {
            Update(2 * i, weights[i]);
            Update((2 * i) + 1, biases[i]);
        }
    }

    /// <summary>Mean squared error over rows, without dropout.</summary>
    public double Loss(IMlpRows source, ReadOnlySpan<int> rows)
    {
        using var mode = inference_mode();
        double sum = 0;
        for (var at = 0; at < rows.Length; at += LossRows)
        {
            using var scope = NewDisposeScope();
            var part = rows.Slice(at, Math.Min(LossRows, rows.Length - at));
            var (x, y) = Batch(source, part);
            for (var i = 0; i < weights.Length; i++)
            {
                x = nn.functional.linear(x, weights[i], biases[i]);
                if (i < masks.Length)
                    x = x.relu_();
            }
            sum += nn.functional.mse_loss(x, y).item<float>() * (double)part.Length;
        }
        return sum / rows.Length;
    }

    /// <summary>A copy of the weights as they are now.</summary>
    public MlpLayer[] Layers() =>
        [.. weights.Select((w, i) => new MlpLayer(sizes[i], sizes[i + 1], Floats(w).ToArray(), Floats(biases[i]).ToArray()))];

    public void Dispose()
    {
        foreach (var tensor in weights.Concat<Tensor>(biases).Concat(masks).Append(inputs).Append(targets))
            tensor.Dispose();
    }

    private void Update(int parameter, Tensor tensor)
    {
        var gradient = tensor.grad!;
        adam.Update(parameter, Floats(tensor), Floats(gradient));
        // Without one, the next step's gradient is taken over as it is instead of being added to zeros.
        tensor.grad = null;
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private (Tensor Inputs, Tensor Targets) Batch(IMlpRows source, ReadOnlySpan<int> rows)
    {
        source.Gather(rows, Floats(inputs), Floats(targets));
        return (inputs.narrow(0, 0, rows.Length), targets.narrow(0, 0, rows.Length));
    }

    /// <summary>Zero with the dropout's probability, to the nearest 1/256, else what keeps the mean.</summary>
    // Optimised at once: a training is over before tiers would have paid.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Tensor Mask(int layer, int rows)
    {
        var mask = Floats(masks[layer])[..(rows * sizes[layer + 1])];
        ReadOnlySpan<float> values = ofByte;
        for (var i = 0; i < mask.Length;)
        {
            var bits = random.Next();
            for (var k = 0; k < 8 && i < mask.Length; k++, bits >>= 8)
                mask[i++] = values[(byte)bits];
        }
        return masks[layer].narrow(0, 0, rows);
    }

    private Parameter Uniform(double bound, params long[] shape)
    {
        var values = zeros(shape);
        var floats = Floats(values);
        for (var i = 0; i < floats.Length; i++)
            floats[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
        return new Parameter(values);
    }
}
