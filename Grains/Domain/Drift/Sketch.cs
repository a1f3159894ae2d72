namespace Hts.Drift;

/// <summary>
/// How a value was spread: counts in fixed bins. Of bounded size, and two of them merge exactly, so parts of a day, symbols and silos may
/// be counted apart. Bins are a quarter wide within ±4, where values in σ units lie; what lies outside falls into the outermost ones.
/// </summary>
public sealed class Sketch
{
    /// <summary>Number of bins.</summary>
    public const int Bins = 34;

    private const double Edge = 4;
    private const double PerUnit = (Bins - 2) / (2 * Edge);

    private readonly long[] counts = new long[Bins];

    public Sketch()
    {
    }

    /// <param name="counts">As <see cref="Counts"/> gave them.</param>
    /// <exception cref="ArgumentException">There are not <see cref="Bins"/> of them, or one is negative.</exception>
    public Sketch(ReadOnlySpan<long> counts)
    {
        if (!AreCounts(counts))
            throw new ArgumentException($"A sketch has {Bins} counts, none of them negative.", nameof(counts));
        counts.CopyTo(this.counts);
        foreach (var count in counts)
            Count += count;
    }

    /// <summary>True for what a sketch can be made of.</summary>
    public static bool AreCounts(ReadOnlySpan<long> counts) => counts.Length == Bins && !counts.ContainsAnyInRange(long.MinValue, -1);

    public long Count { get; private set; }

    public ReadOnlySpan<long> Counts => counts;

    /// <summary>Counts a value; one that is no number is left out.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value))
            return;
        counts[1 + (int)Math.Clamp(Math.Floor((value + Edge) * PerUnit), -1, Bins - 2)]++;
        Count++;
    }

    public void Merge(Sketch other)
    {
        for (var i = 0; i < Bins; i++)
            counts[i] += other.counts[i];
        Count += other.Count;
    }

    /// <summary>
    /// Largest difference of the two distribution functions at the bins' edges, within [0, 1]: Kolmogorov and Smirnov's distance up to a
    /// bin's width. 0 where one of them is empty.
    /// </summary>
    public static double Distance(Sketch a, Sketch b) => Distance(a.counts, a.Count, b.counts, b.Count);

    /// <summary>Distance of a part to the rest of a whole that holds it.</summary>
    public static double DistanceToRest(Sketch part, Sketch whole)
    {
        Span<long> rest = stackalloc long[Bins];
        for (var i = 0; i < Bins; i++)
            rest[i] = whole.counts[i] - part.counts[i];
        return Distance(part.counts, part.Count, rest, whole.Count - part.Count);
    }

    private static double Distance(ReadOnlySpan<long> a, long countA, ReadOnlySpan<long> b, long countB)
    {
        if (countA == 0 || countB == 0)
            return 0;
        double largest = 0;
        long belowA = 0, belowB = 0;
        for (var i = 0; i < Bins; i++)
        {
            belowA += a[i];
            belowB += b[i];
            largest = Math.Max(largest, Math.Abs(((double)belowA / countA) - ((double)belowB / countB)));
        }
        return largest;
    }
}
