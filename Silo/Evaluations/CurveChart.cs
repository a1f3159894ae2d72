using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>Summed returns of the policies over the days, at one cost.</summary>
internal static class CurveChart
{
    private const double Width = 560, Height = 270, Left = 58, Right = 14, Top = 14, Bottom = 30;

    /// <summary>Policies in the order of their colours.</summary>
    public static readonly IReadOnlyList<(string Key, string Name)> Policies =
    [
        ("model", "model"), ("cash", "cash"), ("followTheLeaderWithCash", "leader or cash"), ("adaHedge", "AdaHedge"),
        ("bestFixed", "best fixed"), ("followTheLeader", "leader"), ("random", "random"),
    ];

    /// <param name="kept">Which policies are drawn.</param>
    public static string Draw(string label, IEnumerable<PolicyCurve> curves, string from, string to, Func<string, bool> kept)
    {
        PolicyCurve[] drawn = [.. curves.Where(c => kept(c.Policy))];
        var svg = new Svg(Width, Height, label);
        var y = new Scale(drawn.SelectMany(c => c.Values).Select(v => (double?)v).Append(0), Height - Bottom, Top);
        foreach (var tick in y.Ticks)
            svg.Line(Left, y[tick], Width - Right, y[tick], tick == 0 ? "zero" : "grid")
                .Text(Left - 8, y[tick] + 4, Html.Number(tick, y.Format), "tick", "end");
        svg.Text(Left, Height - 8, from, "tick").Text(Width - Right, Height - 8, to, "tick", "end");
        // The model last, on top.
        foreach (var (key, _) in Policies.Reverse())
        {
            if (drawn.FirstOrDefault(c => c.Policy == key) is not { Values.Count: > 0 } curve)
                continue;
            var step = (Width - Left - Right) / curve.Values.Count;
            svg.Path(curve.Values.Select((v, i) => (Left + ((i + 1) * step), y[v])).Prepend((Left, y[0])), $"curve {CssOf(key)}");
        }
        return svg.ToString();
    }

    public static string Legend(Func<string, bool> kept) => "<p class=\"legend\">" + string.Concat(
        Policies.Where(p => kept(p.Key)).Select(p => $"<span class=\"key {CssOf(p.Key)}\">{Html.Text(p.Name)}</span>")) + "</p>";

    private static string CssOf(string key) => $"c{Policies.TakeWhile(p => p.Key != key).Count() + 1}";
}
