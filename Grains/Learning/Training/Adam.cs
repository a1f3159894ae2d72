using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hts.Training;

/// <summary>
/// The optimiser Adam over plain arrays: one pass over weights, gradients and both moments. Source: Kingma, Ba, "Adam: a method for
/// stochastic optimization" (2015), algorithm 1, with its default decay rates.
/// </summary>
internal sealed class Adam(double learningRate)
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly List<(float[] First, float[] Second)> moments = [];
    private int steps;

    /// <summary>Begins a step; <see cref="Update"/> then takes every parameter in the same order each time.</summary>
    public void Begin() => steps++;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(int parameter, Span<float> weights, ReadOnlySpan<float> gradients)
    {
        if (parameter == moments.Count)
            moments.Add((new float[weights.Length], new float[weights.Length]));
        var (first, second) = moments[parameter];
        var rootCorrection = Math.Sqrt(1 - Math.Pow(SecondDecay, steps));
        var rate = (float)(learningRate * rootCorrection / (1 - Math.Pow(FirstDecay, steps)));
        var epsilon = (float)(Epsilon * rootCorrection);
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var g = ref MemoryMarshal.GetReference(gradients);
        ref var m = ref MemoryMarshal.GetArrayDataReference(first);
        ref var v = ref MemoryMarshal.GetArrayDataReference(second);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var at = (nuint)i;
            var gradient = Vector.LoadUnsafe(ref g, at);
            var mean = Vector.LoadUnsafe(ref m, at) + ((gradient - Vector.LoadUnsafe(ref m, at)) * (float)(1 - FirstDecay));
            var square = Vector.LoadUnsafe(ref v, at) + (((gradient * gradient) - Vector.LoadUnsafe(ref v, at)) * (float)(1 - SecondDecay));
            mean.StoreUnsafe(ref m, at);
            square.StoreUnsafe(ref v, at);
            var step = mean * rate / (Vector.SquareRoot(square) + new Vector<float>(epsilon));
            (Vector.LoadUnsafe(ref w, at) - step).StoreUnsafe(ref w, at);
        }
        for (; i < weights.Length; i++)
        {
            first[i] += (gradients[i] - first[i]) * (float)(1 - FirstDecay);
            second[i] += ((gradients[i] * gradients[i]) - second[i]) * (float)(1 - SecondDecay);
            weights[i] -= first[i] * rate / (MathF.Sqrt(second[i]) + epsilon);
        }
    }
}
