using System.Numerics;
using System.Runtime.InteropServices;

namespace Hts.Models;

/// <summary>
/// Where the scaled features of the training rows lie, embeddings left out: their main directions with the variance along each, and one
/// variance for all that is left. What lies far off by Mahalanobis' distance is not like anything the model has learned from.
/// </summary>
internal sealed class FeatureSpace
{
    /// <summary>Most directions that are kept.</summary>
    public const int MaxDirections = 64;

    /// <param name="directions">Directions × columns, orthonormal; the columns are the last ones of a row.</param>
    /// <param name="precisions">1 / variance along each direction, then 1 / variance of a column outside them.</param>
    /// <param name="limit">Squared distance from which on a row is out of distribution.</param>
    public FeatureSpace(float[] directions, double[] precisions, double limit)
    {
        if (BrokenRule(directions, precisions, limit) is { } rule)
            throw new ArgumentException($"A feature space has {rule}.", nameof(directions));
        Directions = directions;
        Precisions = precisions;
        Limit = limit;
        Columns = directions.Length / (precisions.Length - 1);
    }

    public float[] Directions { get; }

    public double[] Precisions { get; }

    public double Limit { get; }

    /// <summary>Columns it looks at: that many at a row's end.</summary>
    public int Columns { get; }

    /// <summary>The rule that the parts break, or null.</summary>
    public static string? BrokenRule(float[] directions, double[] precisions, double limit)
    {
        var count = precisions.Length - 1;
        if (count is < 1 or > MaxDirections || directions.Length == 0 || directions.Length % count != 0 || directions.Length / count < count)
            return $"{directions.Length} values in {count} directions";
        if (!Array.TrueForAll(precisions, p => p > 0 && double.IsFinite(p)))
            return "a precision that is not positive";
        return limit > 0 && double.IsFinite(limit) ? null : $"a limit of {limit}";
    }

    /// <summary>Squared distance of a row, allocating nothing.</summary>
    /// <param name="scaled">All scaled features of the row.</param>
    public double Distance(ReadOnlySpan<float> scaled)
    {
        var row = scaled[^Columns..];
        double rest = Dot(row, row);
        double distance = 0;
        for (var k = 0; k < Precisions.Length - 1; k++)
        {
            double along = Dot(row, Directions.AsSpan(k * Columns, Columns));
            distance += along * along * Precisions[k];
            rest -= along * along;
        }
        return distance + (Math.Max(0, rest) * Precisions[^1]);
    }

    /// <summary>Distance over the limit: above 1 the row is out of distribution.</summary>
    public double Novelty(ReadOnlySpan<float> scaled) => Distance(scaled) / Limit;

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        Vector<float> sums = default;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sums += Vector.LoadUnsafe(ref left, (nuint)i) * Vector.LoadUnsafe(ref right, (nuint)i);
        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }
}
