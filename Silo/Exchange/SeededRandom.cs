namespace Hts.Exchange;

/// <summary>
/// A small generator (splitmix64, Steele, Lea and Flood 2014) whose whole state is one number, so that any piece of a synthetic market
/// can be made again from its key alone, the same on every machine.
/// </summary>
internal struct SeededRandom(ulong state)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private double spareNormal = double.NaN;

    /// <summary>A generator for one piece, independent of those for other keys.</summary>
    public static SeededRandom For(long seed, long first, long second) =>
        new(Mix((ulong)seed + (Golden * (ulong)first)) ^ Mix((ulong)second + Golden));

    /// <summary>Uniform in (0, 1): never an end, so that its logarithm is finite.</summary>
    public double Uniform() => ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by the polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(spareNormal))
        {
            var spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }

        double x, y, square;
        do
        {
            x = (2 * Uniform()) - 1;
            y = (2 * Uniform()) - 1;
            square = (x * x) + (y * y);
        }
        while (square >= 1);
        var scale = Math.Sqrt(-2 * Math.Log(square) / square);
        spareNormal = y * scale;
        return x * scale;
    }

    /// <summary>Exponential with mean 1.</summary>
    public double Exponential() => -Math.Log(Uniform());

    private ulong Next() => Mix(state += Golden);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
