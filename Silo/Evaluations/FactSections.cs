using System.Globalization;
using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>Intervals, labels and how it was done.</summary>
internal static class FactSections
{
    private const double Least = 0.88, Most = 0.92;

    public static string Coverage(EvaluationReport report) => report.Coverage.Count == 0 ? "" : $"""
        <section><h2>Coverage of the 90 % intervals</h2>
        <p>Each dot is a symbol, strategy and month, apart for <span class="key c1">flat</span> and <span class="key c2">standing</span> at the decision; its size grows with the number of outcomes. The band is 88 to 92 %.</p>
        {CoverageChart.Draw(report.Coverage)}
        {Html.Table(["", .. Months(report)], report.Symbols.Select(s => (IReadOnlyList<string>)[Html.Text(s), .. Months(report).Select(m => Mean(report, s, m))]))}
        </section>
        """;

    public static string Labels(EvaluationReport report) => $"""
        <section><h2>Labels</h2>
        <p>Share of slots in which each strategy traded, 99th percentile of its round trips in those, and how far the strategies differ.</p>
        {Html.Table(
            ["", "month", "slots", .. report.Labels[0].TradedShare.Keys.Select(k => Html.Name(k)), "round trips p99", "rank", "condition"],
            report.Labels.Select(l => (IReadOnlyList<string>)
            [
                Html.Text(l.Symbol), l.Month, l.Slots.ToString(CultureInfo.InvariantCulture), .. l.TradedShare.Values.Select(v => Html.Number(v, "0.00")),
                Html.Number(l.RoundTripsP99.Values.Max(), "0.#"), l.Rank.ToString(CultureInfo.InvariantCulture), Html.Number(l.Condition, "0.0"),
            ]))}
        </section>
        """;

    public static string Method(EvaluationReport report) => $"""
        <section><h2>How it was done</h2>
        <p>A walk forward: at each training the models learn from slots whose outcome had ended, a purge before the first slot they serve, and forecast until the next training. Features, labels, embeddings, training, composition, intervals and the gate are the live system's own classes. Bars count as known at their end, outcomes adapt the intervals from the slot after their settlement on.</p>
        {Html.Table(["rows of the data set", .. report.Rows.Keys.Select(Html.Text)], [["", .. report.Rows.Values.Select(v => v.ToString(CultureInfo.InvariantCulture))]])}
        <p>Windows left out: {string.Join(", ", report.LeftOut.Select(l => $"{l.Value} {Html.Text(l.Key)}"))}. Rows that hold a text which came in after their instant (back-filled, which no live prediction had): {report.BackfilledTextRows.ToString(CultureInfo.InvariantCulture)}.</p>
        <details><summary>{report.Trainings.Count} trainings</summary>
        {Html.Table(
            ["trained at", "rows", "stands for promotion", "shrinkage of gross", "not fitted", "placebos (limit)"],
            report.Trainings.Select(t => (IReadOnlyList<string>)
            [
                Html.Text(t.At), t.Rows.ToString(CultureInfo.InvariantCulture), Html.Text(t.Chosen),
                string.Join(", ", t.Slopes.Select(s => $"{Html.Text(s.Key)} {Html.Number(s.Value, "0.00")}")), Html.Text(string.Join(", ", t.Skipped.Keys)),
                string.Join(", ", t.Placebos.Select(p => $"{Html.Text(p.Name)} {Html.Number(p.Statistic, "0.00")} ({Html.Number(p.Threshold, "0.00")})")),
            ]))}</details>
        <details><summary>Options</summary>{Html.Table(["", "value"], report.Options.Select(o => (IReadOnlyList<string>)[Html.Text(o.Key), Html.Text(o.Value)]))}</details>
        </section>
        """;

    private static string[] Months(EvaluationReport report) => [.. report.Coverage.Select(c => c.Month).Distinct().Order(StringComparer.Ordinal)];

    private static string Mean(EvaluationReport report, string symbol, string month)
    {
        CoverageCell[] cells = [.. report.Coverage.Where(c => c.Symbol == symbol && c.Month == month)];
        if (cells.Length == 0)
            return Html.Number(null);
        var mean = cells.Sum(c => c.Value * c.Count) / cells.Sum(c => c.Count);
        var shown = Html.Number(mean);
        return mean is < Least or > Most ? $"<span class=\"far\">{shown}</span>" : shown;
    }
}
