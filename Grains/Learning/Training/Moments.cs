using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hts.Training;

/// <summary>
/// Sums of products of inputs x and targets y: all that a linear fit and its error need. Moments of disjoint rows add up, so one pass
/// over the data serves the inner fit, its validation and the final fit.
/// </summary>
internal sealed class Moments
{
    // Rows gathered before the products are added: enough to keep the sums in registers, few enough to stay in the cache.
    private const int ChunkRows = 48;
    private const int Tile = 4;

    private readonly double[] chunk;
    private readonly double[] chunkTargets;
    private int pending;

    /// <param name="inputs">Length of x.</param>
    /// <param name="targets">Length of y.</param>
    public Moments(int inputs, int targets)
    {
        Inputs = inputs;
        Targets = targets;
        var step = 2 * Vector<double>.Count * Tile;
        Stride = (inputs + step - 1) / step * step;
        Products = new double[Stride * Stride];
        Sums = new double[Stride];
        Cross = new double[targets * Stride];
        TargetSums = new double[targets];
        TargetSquares = new double[targets];
        chunk = new double[ChunkRows * Stride];
        chunkTargets = new double[ChunkRows * targets];
    }

    public int Inputs { get; }

    public int Targets { get; }

    /// <summary>Length of a row of <see cref="Products"/>; what lies beyond <see cref="Inputs"/> is zero.</summary>
    public int Stride { get; }

    public long Count { get; private set; }

    /// <summary>Σ x·xᵀ, <see cref="Stride"/> × <see cref="Stride"/>, both halves after <see cref="Finish"/>.</summary>
    public double[] Products { get; }

    /// <summary>Σ x.</summary>
    public double[] Sums { get; }

    /// <summary>Σ y·xᵀ, targets × <see cref="Stride"/>.</summary>
    public double[] Cross { get; }

    public double[] TargetSums { get; }

    public double[] TargetSquares { get; }

    /// <summary>Adds a row; x is the named columns of <paramref name="scaled"/>.</summary>
    public void Add(ReadOnlySpan<float> scaled, ReadOnlySpan<int> columns, ReadOnlySpan<double> targets)
    {
        var row = chunk.AsSpan(pending * Stride, Inputs);
        for (var c = 0; c < columns.Length; c++)
            row[c] = scaled[columns[c]];
        targets.CopyTo(chunkTargets.AsSpan(pending * Targets));
        if (++pending == ChunkRows)
            Flush();
    }

    /// <summary>Adds what is gathered and fills the lower half.</summary>
    public Moments Finish()
    {
        Flush();
        for (var i = 0; i < Inputs; i++)
            for (var j = 0; j < i; j++)
                Products[(i * Stride) + j] = Products[(j * Stride) + i];
        return this;
    }

    /// <summary>Adds finished moments of other rows.</summary>
    public void Merge(Moments other)
    {
        Count += other.Count;
        AddTo(Products, other.Products);
        AddTo(Sums, other.Sums);
        AddTo(Cross, other.Cross);
        AddTo(TargetSums, other.TargetSums);
        AddTo(TargetSquares, other.TargetSquares);
    }

    private static void AddTo(double[] mine, double[] others)
    {
        for (var i = 0; i < mine.Length; i++)
            mine[i] += others[i];
    }

    private void Flush()
    {
        if (pending == 0)
            return;
        AddProducts(pending);
        for (var r = 0; r < pending; r++)
        {
            var x = chunk.AsSpan(r * Stride, Stride);
            AddScaled(Sums, x, 1);
            for (var t = 0; t < Targets; t++)
            {
                var y = chunkTargets[(r * Targets) + t];
                TargetSums[t] += y;
                TargetSquares[t] += y * y;
                AddScaled(Cross.AsSpan(t * Stride, Stride), x, y);
            }
        }
        Count += pending;
        pending = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<double> into, ReadOnlySpan<double> x, double factor)
    {
        ref var target = ref MemoryMarshal.GetReference(into);
        ref var source = ref MemoryMarshal.GetReference(x);
        var scale = new Vector<double>(factor);
        for (var c = 0; c < x.Length; c += Vector<double>.Count)
            Vector.FusedMultiplyAdd(scale, Vector.LoadUnsafe(ref source, (nuint)c), Vector.LoadUnsafe(ref target, (nuint)c))
                .StoreUnsafe(ref target, (nuint)c);
    }

    /// <summary>The upper half of Σ x·xᵀ in tiles of four rows and two vectors, each held in registers over the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProducts(int rows)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(chunk);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(Products);
        var wide = Vector<double>.Count;
        var stride = (nuint)Stride;
        for (var i = 0; i < Inputs; i += Tile)
        {
            for (var j = i / (2 * wide) * (2 * wide); j < Inputs; j += 2 * wide)
            {
                Vector<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
                for (nuint r = 0; r < (nuint)rows; r++)
                {
                    var at = r * stride;
                    var left = Vector.LoadUnsafe(ref x, at + (nuint)j);
                    var right = Vector.LoadUnsafe(ref x, at + (nuint)(j + wide));
                    var factor = new Vector<double>(Unsafe.Add(ref x, at + (nuint)i));
                    a0 = Vector.FusedMultiplyAdd(factor, left, a0);
                    a1 = Vector.FusedMultiplyAdd(factor, right, a1);
                    factor = new Vector<double>(Unsafe.Add(ref x, at + (nuint)(i + 1)));
                    b0 = Vector.FusedMultiplyAdd(factor, left, b0);
                    b1 = Vector.FusedMultiplyAdd(factor, right, b1);
                    factor = new Vector<double>(Unsafe.Add(ref x, at + (nuint)(i + 2)));
                    c0 = Vector.FusedMultiplyAdd(factor, left, c0);
                    c1 = Vector.FusedMultiplyAdd(factor, right, c1);
                    factor = new Vector<double>(Unsafe.Add(ref x, at + (nuint)(i + 3)));
                    d0 = Vector.FusedMultiplyAdd(factor, left, d0);
                    d1 = Vector.FusedMultiplyAdd(factor, right, d1);
                }
                AddPair(ref sums, ((nuint)i * stride) + (nuint)j, wide, a0, a1);
                AddPair(ref sums, ((nuint)(i + 1) * stride) + (nuint)j, wide, b0, b1);
                AddPair(ref sums, ((nuint)(i + 2) * stride) + (nuint)j, wide, c0, c1);
                AddPair(ref sums, ((nuint)(i + 3) * stride) + (nuint)j, wide, d0, d1);
            }
        }
    }

    private static void AddPair(ref double sums, nuint at, int wide, Vector<double> left, Vector<double> right)
    {
        (Vector.LoadUnsafe(ref sums, at) + left).StoreUnsafe(ref sums, at);
        (Vector.LoadUnsafe(ref sums, at + (nuint)wide) + right).StoreUnsafe(ref sums, at + (nuint)wide);
    }
}
