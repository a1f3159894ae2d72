using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>Coverage of every symbol and strategy by month, flat and standing apart, over the band that is aimed at.</summary>
internal static class CoverageChart
{
    private const double Width = 1140, Height = 300, Left = 52, Right = 14, Top = 14, Bottom = 34;
    private const double Least = 0.88, Most = 0.92;

    public static string Draw(IReadOnlyList<CoverageCell> cells)
    {
        var svg = new Svg(Width, Height, "Coverage of the 90 % intervals by month");
        string[] months = [.. cells.Select(c => c.Month).Distinct().Order(StringComparer.Ordinal)];
        var y = new Scale(cells.Select(c => (double?)c.Value).Concat([0.86, 0.94]), Height - Bottom, Top);
        svg.Rect(Left, y[Most], Width - Left - Right, y[Least] - y[Most], "band");
        foreach (var tick in y.Ticks)
            svg.Line(Left, y[tick], Width - Right, y[tick], "grid").Text(Left - 8, y[tick] + 4, Html.Number(tick, "0.00"), "tick", "end");
        var step = (Width - Left - Right) / Math.Max(1, months.Length);
        foreach (var (m, month) in months.Index())
        {
            CoverageCell[] own = [.. cells.Where(c => c.Month == month)];
            svg.Text(Left + ((m + 0.5) * step), Height - 10, month, "tick", "middle");
            foreach (var (i, cell) in own.Index())
            {
                var x = Left + (m * step) + ((i + 1) * step / (own.Length + 1));
                // Few outcomes, a small dot: chance alone throws it far.
                svg.Dot(
                    x, y[cell.Value], Math.Clamp(1.5 + (Math.Sqrt(cell.Count) / 14), 2, 6), cell.Standing ? "c2 fill" : "c1 fill",
                    $"{cell.Symbol} {cell.Strategy} {cell.Month} {(cell.Standing ? "standing" : "flat")}: {cell.Value:0.000} of {cell.Count}");
            }
        }
        return svg.ToString();
    }
}
