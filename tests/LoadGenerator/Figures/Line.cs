namespace Hts.Load.Figures;

/// <summary>The straight line nearest to points, by least squares.</summary>
internal readonly record struct Line(double Mean, double Slope)
{
    public static Line Through(IReadOnlyCollection<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        var spread = points.Sum(p => (p.X - x) * (p.X - x));
        return new Line(y, spread > 0 ? points.Sum(p => (p.X - x) * (p.Y - y)) / spread : 0);
    }
}
