namespace Hts.Policies;

internal static class Largest
{
    /// <summary>Place of the largest value; the first of equals.</summary>
    public static int IndexOf(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] > values[best])
                best = i;
        return best;
    }
}
