namespace Hts.Scores;

/// <summary>The standard normal distribution.</summary>
public static class NormalCurve
{
    /// <summary>Φ(x), to 1e-9. Source: Abramowitz and Stegun, 26.2.11 within ±6.</summary>
    public static double Below(double x)
    {
        if (double.IsNaN(x))
            return double.NaN;
        if (Math.Abs(x) > 6)
            return x > 0 ? 1 : 0;
        double term = x, sum = x;
        for (var i = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); i++)
        {
            term *= x * x / ((2 * i) + 1);
            sum += term;
        }
        return Math.Clamp(0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)), 0, 1);
    }

    /// <summary>Φ⁻¹(p) within ±6, by bisection.</summary>
    public static double Quantile(double probability)
    {
        double low = -6, high = 6;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Below(middle) < probability)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }
}
