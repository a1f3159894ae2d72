using System.Globalization;
using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>What served when.</summary>
internal static class ChampionChart
{
    private const double Width = 1140, Height = 66, Top = 8, Bar = 30;

    public static string Draw(IReadOnlyList<ChampionSpan> spans)
    {
        var svg = new Svg(Width, Height, "Champion over time");
        var (first, last) = (At(spans[0].From), At(spans[^1].To));
        string[] kinds = [.. spans.Select(s => s.Kind).Distinct()];
        foreach (var span in spans)
        {
            var x = Place(At(span.From));
            var width = Place(At(span.To)) - x;
            var css = $"c{Array.IndexOf(kinds, span.Kind) + 1} fill";
            svg.Rect(x, Top, width - 2, Bar, css, $"{span.Kind} from {span.From}: {span.Reason}");
            if (width > 60)
                svg.Text(x + 10, Top + 20, span.Kind, "on");
            svg.Text(x, Height - 8, Html.Day(span.From), "tick");
        }
        return svg.Text(Width, Height - 8, Html.Day(spans[^1].To), "tick", "end").ToString();

        double Place(double at) => Width * (at - first) / Math.Max(1, last - first);
    }

    private static double At(string iso) =>
        DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
