namespace Hts.Scores;

/// <summary>Quantiles of Student's t: how large a mean over its standard error may get by chance.</summary>
public static class StudentT
{
    /// <summary>The value that a t variable exceeds with the given probability.</summary>
    /// <param name="tail">Within (0, 0.5].</param>
    /// <param name="freedom">Degrees of freedom, 1 or more.</param>
    public static double Quantile(double tail, int freedom)
    {
        if (!(tail is > 0 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "A probability within (0, 0.5] is needed.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(freedom);
        // The angle whose tangent is t/√ν: the whole range lies within a right angle.
        double low = 0, high = Math.PI / 2;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Above(middle, freedom) > tail)
                low = middle;
            else
                high = middle;
        }
        return Math.Sqrt(freedom) * Math.Tan(low);
    }

    /// <summary>P(T &gt; √ν·tan θ). Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.</summary>
    private static double Above(double angle, int freedom)
    {
        var (sine, cosine) = Math.SinCos(angle);
        double sum = 0;
        var term = freedom % 2 == 0 ? sine : sine * cosine;
        for (var k = 2 + (freedom % 2); k <= freedom; k += 2)
        {
            sum += term;
            term *= cosine * cosine * (k - 1) / k;
        }
        return (1 - (freedom % 2 == 0 ? sum : 2 / Math.PI * (angle + sum))) / 2;
    }
}
