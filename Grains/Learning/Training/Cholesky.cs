using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hts.Training;

/// <summary>The factor L of a symmetric positive definite matrix A = L·Lᵀ, and solves with it.</summary>
internal sealed class Cholesky
{
    private readonly double[] factor;
    private readonly int stride;

    private Cholesky(double[] factor, int size, int stride)
    {
        this.factor = factor;
        this.stride = stride;
        Size = size;
    }

    public int Size { get; }

    /// <param name="matrix">Size × size with the given stride, the lower half is read.</param>
    /// <param name="ridge">Added to the diagonal.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Cholesky Factor(ReadOnlySpan<double> matrix, int size, int stride, double ridge)
    {
        var wide = (size + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        var factor = new double[size * wide];
        for (var i = 0; i < size; i++)
        {
            var row = factor.AsSpan(i * wide, wide);
            matrix.Slice(i * stride, i + 1).CopyTo(row);
            for (var j = 0; j < i; j++)
                row[j] = (row[j] - Dot(row[..j], factor.AsSpan(j * wide, j))) / factor[(j * wide) + j];
            var pivot = row[i] + ridge - Dot(row[..i], row[..i]);
            if (!(pivot > 0))
                throw new ArithmeticException($"The matrix is not positive definite: pivot {i} is {pivot}.");
            row[i] = Math.Sqrt(pivot);
        }
        return new Cholesky(factor, size, wide);
    }

    /// <summary>Solves L·z = x in place.</summary>
    public void Forward(Span<double> x)
    {
        for (var i = 0; i < Size; i++)
            x[i] = (x[i] - Dot(factor.AsSpan(i * stride, i), x[..i])) / factor[(i * stride) + i];
    }

    /// <summary>Solves Lᵀ·z = x in place.</summary>
    public void Backward(Span<double> x)
    {
        for (var i = Size - 1; i >= 0; i--)
        {
            x[i] /= factor[(i * stride) + i];
            AddScaled(x[..i], factor.AsSpan(i * stride, i), -x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var wide = Vector<double>.Count;
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        var i = 0;
        for (; i <= a.Length - (4 * wide); i += 4 * wide)
        {
            s0 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, (nuint)i), Vector.LoadUnsafe(ref right, (nuint)i), s0);
            s1 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, (nuint)(i + wide)), Vector.LoadUnsafe(ref right, (nuint)(i + wide)), s1);
            s2 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, (nuint)(i + (2 * wide))), Vector.LoadUnsafe(ref right, (nuint)(i + (2 * wide))), s2);
            s3 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, (nuint)(i + (3 * wide))), Vector.LoadUnsafe(ref right, (nuint)(i + (3 * wide))), s3);
        }
        var sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>into += scale·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaled(Span<double> into, ReadOnlySpan<double> x, double scale)
    {
        ref var target = ref MemoryMarshal.GetReference(into);
        ref var source = ref MemoryMarshal.GetReference(x);
        var factor = new Vector<double>(scale);
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref source, (nuint)i), Vector.LoadUnsafe(ref target, (nuint)i))
                .StoreUnsafe(ref target, (nuint)i);
        for (; i < x.Length; i++)
            into[i] += scale * x[i];
    }
}
