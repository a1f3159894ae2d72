namespace Hts.Scores;

/// <summary>Sums over pairs of forecast x and outcome y; sums of disjoint pairs add up.</summary>
public readonly record struct PairSums(long Count, double X, double Y, double XX, double YY, double XY)
{
    public static PairSums operator +(PairSums a, PairSums b) =>
        new(a.Count + b.Count, a.X + b.X, a.Y + b.Y, a.XX + b.XX, a.YY + b.YY, a.XY + b.XY);

    /// <summary>Σ(x − meanX)(y − meanY).</summary>
    public double Products(double meanX, double meanY) => XY - (meanY * X) - (meanX * Y) + (Count * meanX * meanY);
}
