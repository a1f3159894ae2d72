using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hts.Strategies;

/// <summary>
/// Sums and extremes of a window, vectorised in an order that depends on the window's length alone: the same values give the same
/// bits wherever they lie in memory and however the window came to hold them.
/// </summary>
internal static class WindowMath
{
    public static double Sum(ReadOnlySpan<double> values)
    {
        var (first, second) = (Vector256<double>.Zero, Vector256<double>.Zero);
        ref var start = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - (2 * Vector256<double>.Count); i += 2 * Vector256<double>.Count)
        {
            first += Vector256.LoadUnsafe(ref start, (nuint)i);
            second += Vector256.LoadUnsafe(ref start, (nuint)(i + Vector256<double>.Count));
        }
        var sum = Total(first + second);
        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    /// <summary>Sum of the squared differences from <paramref name="center"/>.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> values, double center)
    {
        var (first, second) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var middle = Vector256.Create(center);
        ref var start = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - (2 * Vector256<double>.Count); i += 2 * Vector256<double>.Count)
        {
            var a = Vector256.LoadUnsafe(ref start, (nuint)i) - middle;
            var b = Vector256.LoadUnsafe(ref start, (nuint)(i + Vector256<double>.Count)) - middle;
            first += a * a;
            second += b * b;
        }
        var sum = Total(first + second);
        for (; i < values.Length; i++)
            sum += (values[i] - center) * (values[i] - center);
        return sum;
    }

    /// <summary>Highest of a window that is not empty and holds no NaN.</summary>
    public static double Max(ReadOnlySpan<double> values)
    {
        var max = values[0];
        ref var start = ref MemoryMarshal.GetReference(values);
        var i = 0;
        if (values.Length >= Vector256<double>.Count)
        {
            var lanes = Vector256.LoadUnsafe(ref start);
            for (i = Vector256<double>.Count; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
                lanes = Vector256.MaxNative(lanes, Vector256.LoadUnsafe(ref start, (nuint)i));
            max = Math.Max(Math.Max(lanes[0], lanes[1]), Math.Max(lanes[2], lanes[3]));
        }
        for (; i < values.Length; i++)
            max = Math.Max(max, values[i]);
        return max;
    }

    /// <summary>Lowest of a window that is not empty and holds no NaN.</summary>
    public static double Min(ReadOnlySpan<double> values)
    {
        var min = values[0];
        ref var start = ref MemoryMarshal.GetReference(values);
        var i = 0;
        if (values.Length >= Vector256<double>.Count)
        {
            var lanes = Vector256.LoadUnsafe(ref start);
            for (i = Vector256<double>.Count; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
                lanes = Vector256.MinNative(lanes, Vector256.LoadUnsafe(ref start, (nuint)i));
            min = Math.Min(Math.Min(lanes[0], lanes[1]), Math.Min(lanes[2], lanes[3]));
        }
        for (; i < values.Length; i++)
            min = Math.Min(min, values[i]);
        return min;
    }

    private static double Total(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
