using System.Numerics;
using System.Runtime.InteropServices;

namespace Hts.Models;

/// <summary>A linear model over scaled features.</summary>
/// <param name="Weights">Outputs × features.</param>
/// <param name="Bias">One an output.</param>
internal sealed record Ridge(float[] Weights, double[] Bias) : Member
{
    public override string Kind => MemberKinds.Ridge;

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
                    outputs[(row * bias.Length) + t] = bias[t] + Dot(x, weights.AsSpan(t * features, features));
            }
        }

        public void Dispose()
        {
        }

        private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
        {
            ref var left = ref MemoryMarshal.GetReference(a);
            ref var right = ref MemoryMarshal.GetReference(b);
            var wide = Vector<float>.Count;
            Vector<float> even = default, odd = default;
            var i = 0;
            for (; i <= a.Length - (2 * wide); i += 2 * wide)
            {
                even += Vector.LoadUnsafe(ref left, (nuint)i) * Vector.LoadUnsafe(ref right, (nuint)i);
                odd += Vector.LoadUnsafe(ref left, (nuint)(i + wide)) * Vector.LoadUnsafe(ref right, (nuint)(i + wide));
            }
            double sum = Vector.Sum(even + odd);
            for (; i < a.Length; i++)
                sum += (double)a[i] * b[i];
            return sum;
        }
    }
}
