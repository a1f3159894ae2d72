using System.Globalization;
using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>Text and figures as the page shows them.</summary>
internal static class Html
{
    // A dash where there is nothing to say.
    private const string None = "<span class=\"none\">–</span>";

    // Columns from which on intervals stand below their figures.
    private const int WideFrom = 6;

    public static string Text(string text) => System.Net.WebUtility.HtmlEncode(text);

    public static string Number(double? value, string format = "0.000") =>
        value is { } v && double.IsFinite(v) ? Sign(v.ToString(format, CultureInfo.InvariantCulture)) : None;

    /// <summary>A figure and its interval, if it has one.</summary>
    public static string Figure(Measure measure, string format = "0.000") => measure switch
    {
        { Value: null } => None,
        { Low: null } => $"<b>{Number(measure.Value, format)}</b>",
        _ => $"<b>{Number(measure.Value, format)}</b> <span class=\"ci\">{Interval(measure, format)}</span>",
    };

    public static string Interval(Measure measure, string format = "0.000") => $"{Number(measure.Low, format)} … {Number(measure.High, format)}";

    public static string Row(string tag, IEnumerable<string> cells) => $"<tr>{string.Concat(cells.Select(c => $"<{tag}>{c}</{tag}>"))}</tr>";

    /// <summary>A table whose first column names its rows.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        $"<div class=\"scroll\"><table{(head.Count > WideFrom ? " class=\"wide\"" : "")}><thead>{Row("th", head)}</thead><tbody>"
        + string.Concat(rows.Select(r => $"<tr><th scope=\"row\">{r[0]}</th>{string.Concat(r.Skip(1).Select(c => $"<td>{c}</td>"))}</tr>"))
        + "</tbody></table></div>";

    /// <summary>A strategy's or recipe's name in words.</summary>
    public static string Name(string name) => Text(name.Replace('_', ' '));

    public static string Day(string iso) => iso[..10];

    // A true minus: a hyphen is too short to be seen beside figures; none before what rounds to zero.
    private static string Sign(string number) =>
        number.AsSpan().ContainsAnyInRange('1', '9') ? number.Replace('-', '−') : number.TrimStart('-');
}
