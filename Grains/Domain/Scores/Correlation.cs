namespace Hts.Scores;

/// <summary>
/// Pearson's correlation of two series that come value by value: the information coefficient when one is the forecast and the other
/// the outcome. Central moments are updated and merged without cancellation (Chan, Golub, LeVeque 1979).
/// </summary>
public struct Correlation
{
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    public long Count { get; private set; }

    /// <summary>Correlation within [−1, 1]; null with fewer than two pairs or when a series does not vary.</summary>
    public readonly double? Value =>
        Count > 1 && squaresX > 0 && squaresY > 0
            ? Math.Clamp(products / Math.Sqrt(squaresX) / Math.Sqrt(squaresY), -1, 1)
            : null;

    public void Add(double x, double y)
    {
        Count++;
        var dx = x - meanX;
        var dy = y - meanY;
        meanX += dx / Count;
        meanY += dy / Count;
        squaresX += dx * (x - meanX);
        squaresY += dy * (y - meanY);
        products += dx * (y - meanY);
    }

    public void Merge(in Correlation other)
    {
        if (other.Count == 0)
            return;
        var total = Count + other.Count;
        var dx = other.meanX - meanX;
        var dy = other.meanY - meanY;
        var weight = (double)Count * other.Count / total;
        squaresX += other.squaresX + (dx * dx * weight);
        squaresY += other.squaresY + (dy * dy * weight);
        products += other.products + (dx * dy * weight);
        meanX += dx * other.Count / total;
        meanY += dy * other.Count / total;
        Count = total;
    }
}
