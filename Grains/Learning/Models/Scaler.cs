using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hts.Models;

/// <summary>
/// Brings features to mean 0 and a spread near 1, bounded to ±<see cref="Limit"/> so that one strange input cannot carry a
/// forecast away. A feature that never moved in training has inverse 0 and stays without effect.
/// </summary>
public sealed class Scaler
{
    /// <summary>Bound of a scaled feature, in standard deviations.</summary>
    public const float Limit = 8;

    private readonly float[] mean;
    private readonly float[] inverse;

    /// <exception cref="ArgumentException">The two lengths differ.</exception>
    public Scaler(float[] mean, float[] inverse)
    {
        if (mean.Length != inverse.Length)
            throw new ArgumentException("Mean and inverse spread differ in length.", nameof(inverse));
        this.mean = mean;
        this.inverse = inverse;
    }

    public int Count => mean.Length;

    public ReadOnlySpan<float> Mean => mean;

    public ReadOnlySpan<float> Inverse => inverse;

    /// <summary>Scales one row of <see cref="Count"/> features.</summary>
    // Optimised at once: a training is over before tiers would have paid.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<float> features, Span<float> into)
    {
        if (features.Length != Count || into.Length != Count)
            throw new ArgumentException($"The scaler takes {Count} features, not {features.Length}.", nameof(features));
        var wide = Vector<float>.Count;
        var low = new Vector<float>(-Limit);
        var high = new Vector<float>(Limit);
        var i = 0;
        for (; i <= features.Length - wide; i += wide)
        {
            var z = (Load(features, i) - Load(mean, i)) * Load(inverse, i);
            Vector.Min(Vector.Max(z, low), high).CopyTo(into[i..]);
        }
        for (; i < features.Length; i++)
            into[i] = Math.Clamp((features[i] - mean[i]) * inverse[i], -Limit, Limit);

        static Vector<float> Load(ReadOnlySpan<float> from, int at) =>
            Vector.LoadUnsafe(ref MemoryMarshal.GetReference(from), (nuint)at);
    }

    /// <summary>
    /// Fits on rows of <paramref name="features"/>. Columns below <paramref name="blockColumns"/> (the embeddings) share one spread, so
    /// that a token seen once does not become the loudest input; each other column has its own.
    /// </summary>
    internal static Scaler Fit(DataSets.FeatureMatrix features, ReadOnlySpan<int> rows, int blockColumns)
    {
        var columns = features.Columns;
        var sums = new double[columns];
        foreach (var row in rows)
        {
            var values = features.Row(row);
            for (var c = 0; c < values.Length; c++)
                sums[c] += values[c];
        }
        var mean = new float[columns];
        for (var c = 0; c < columns; c++)
            mean[c] = rows.Length == 0 ? 0 : (float)(sums[c] / rows.Length);

        var squares = new double[columns];
        foreach (var row in rows)
        {
            var values = features.Row(row);
            for (var c = 0; c < values.Length; c++)
            {
                var d = (double)values[c] - mean[c];
                squares[c] += d * d;
            }
        }
        double block = 0;
        for (var c = 0; c < blockColumns; c++)
            block += squares[c];
        var inverse = new float[columns];
        for (var c = 0; c < columns; c++)
            inverse[c] = Invert(c < blockColumns ? block / blockColumns : squares[c], rows.Length);
        return new Scaler(mean, inverse);
    }

    private static float Invert(double squares, int count)
    {
        var spread = count == 0 ? 0 : Math.Sqrt(squares / count);
        return spread < 1e-9 ? 0 : (float)(1 / spread);
    }
}
