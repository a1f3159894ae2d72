using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>Figures with their intervals as dots and whiskers, one a row, zero drawn.</summary>
internal static class Whiskers
{
    private const double Width = 560, RowHeight = 30, Left = 150, Right = 20, Top = 8, Bottom = 26;

    public static string Draw(string label, IReadOnlyList<(string Name, Measure Measure)> rows)
    {
        var height = Top + (rows.Count * RowHeight) + Bottom;
        var svg = new Svg(Width, height, label);
        var x = new Scale(rows.SelectMany(r => new[] { r.Measure.Value, r.Measure.Low, r.Measure.High }).Append(0), Left, Width - Right);
        foreach (var tick in x.Ticks)
            svg.Line(x[tick], Top, x[tick], height - Bottom, tick == 0 ? "zero" : "grid")
                .Text(x[tick], height - 8, Html.Number(tick, x.Format), "tick", "middle");
        foreach (var (i, (name, measure)) in rows.Index())
        {
            var y = Top + ((i + 0.5) * RowHeight);
            svg.Text(Left - 12, y + 4, name, "name", "end");
            if (measure is not { Value: { } value })
                continue;
            if (measure is { Low: { } low, High: { } high })
                svg.Line(x[low], y, x[high], y, "whisker");
            svg.Dot(x[value], y, 5, "c1 fill", $"{name}: {value:0.0000}{(measure.Low is null ? "" : $" [{measure.Low:0.0000}, {measure.High:0.0000}]")}");
        }
        return svg.ToString();
    }
}
