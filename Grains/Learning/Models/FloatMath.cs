using System.Numerics;
using System.Runtime.InteropServices;

namespace Hts.Models;

/// <summary>Sums over single-precision arrays, as wide as the processor allows.</summary>
internal static class FloatMath
{
    /// <summary>Σ a·b of two arrays of one length.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
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
