using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>Forecast deciles against what came: on the diagonal, a forecast means what it says.</summary>
internal static class CalibrationChart
{
    private const double Width = 560, Height = 330, Left = 62, Right = 16, Top = 14, Bottom = 44;

    public static string Draw(IReadOnlyList<CalibrationBin> bins)
    {
        var svg = new Svg(Width, Height, "Calibration of gross forecasts");
        var x = new Scale(bins.Select(b => (double?)b.Forecast).Append(0), Left, Width - Right);
        var y = new Scale(bins.SelectMany(b => new[] { b.Realised.Value, b.Realised.Low, b.Realised.High, b.Forecast }), Height - Bottom, Top);
        foreach (var tick in y.Ticks)
            svg.Line(Left, y[tick], Width - Right, y[tick], tick == 0 ? "zero" : "grid")
                .Text(Left - 8, y[tick] + 4, Html.Number(tick, y.Format), "tick", "end");
        foreach (var tick in x.Ticks)
            svg.Text(x[tick], Height - 24, Html.Number(tick, x.Format), "tick", "middle");
        svg.Text((Left + Width - Right) / 2, Height - 6, "forecast gross, σ of the slot (deciles)", "tick", "middle");
        var (least, most) = (Math.Max(x.Least, y.Least), Math.Min(x.Most, y.Most));
        svg.Line(x[least], y[least], x[most], y[most], "ideal");
        foreach (var bin in bins)
        {
            if (bin.Realised is { Low: { } low, High: { } high })
                svg.Line(x[bin.Forecast], y[low], x[bin.Forecast], y[high], "whisker");
            if (bin.Realised.Value is { } value)
                svg.Dot(x[bin.Forecast], y[value], 4.5, "c1 fill", $"forecast {bin.Forecast:0.0000}, came {value:0.0000}");
        }
        return svg.ToString();
    }
}
