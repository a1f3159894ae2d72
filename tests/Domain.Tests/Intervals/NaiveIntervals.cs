namespace Hts.Tests.Intervals;

/// <summary>One cell by the book: keeps everything, sorts anew for each question.</summary>
internal sealed class NaiveIntervals(int windowSlots)
{
    private readonly List<(long Slot, double Residual)> seen = [];

    public void Observe(long slot, double residual) => seen.Add((slot, residual));

    public double[] Sorted()
    {
        var newest = seen.Max(s => s.Slot);
        return [.. seen.Where(s => s.Slot > newest - windowSlots).Select(s => s.Residual).Order()];
    }

    /// <summary>The order statistic at (n + 1)·share, interpolated.</summary>
    public double Quantile(double share)
    {
        var sorted = Sorted();
        var place = Math.Clamp(((sorted.Length + 1) * share) - 1, 0, sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
