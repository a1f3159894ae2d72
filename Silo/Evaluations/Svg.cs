using System.Globalization;
using System.Text;

namespace Hts.Evaluations;

/// <summary>A drawing in the page's own colours: everything is classed, nothing is fetched.</summary>
internal sealed class Svg(double width, double height, string label)
{
    private readonly StringBuilder body = new();

    public double Width => width;

    public double Height => height;

    public Svg Line(double x1, double y1, double x2, double y2, string css) =>
        Put($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{css}\"/>");

    public Svg Rect(double x, double y, double w, double h, string css, string? title = null) =>
        Put($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, w))}\" height=\"{N(Math.Max(0, h))}\" rx=\"2\" class=\"{css}\">{Title(title)}</rect>");

    public Svg Dot(double x, double y, double radius, string css, string? title = null) =>
        Put($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" class=\"{css}\">{Title(title)}</circle>");

    public Svg Text(double x, double y, string text, string css, string anchor = "start") =>
        Put($"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\" class=\"{css}\">{Html.Text(text)}</text>");

    public Svg Path(IEnumerable<(double X, double Y)> points, string css) =>
        Put($"<polyline points=\"{string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"))}\" class=\"{css}\"/>");

    public override string ToString() =>
        $"<svg viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\" aria-label=\"{Html.Text(label)}\">{body}</svg>";

    private Svg Put(string element)
    {
        body.Append(element);
        return this;
    }

    private static string Title(string? title) => title is null ? "" : $"<title>{Html.Text(title)}</title>";

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
