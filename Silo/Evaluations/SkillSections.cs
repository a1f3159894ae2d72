using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>What was forecast how well.</summary>
internal static class SkillSections
{
    private static readonly string[] Columns = ["gross IC", "gross R²", "sides R²", "net R² against the mean", "net R² against cond"];

    public static string Skill(EvaluationReport report) => $"""
        <section><h2>Skill of what served</h2>
        <p>In σ units of the slot. Only the gross columns speak of direction; nearly all of net R² is the forecast of cost. Intervals: 95 %, whole days drawn with replacement; none on fewer than {Scores.DayBlockBootstrap.LeastDays} days.</p>
        {Html.Table(["", .. Columns], [Row("all pooled", report.Pooled), .. report.Strategies.Select(s => Row(Html.Name(s.Key), s.Value)), .. report.BySymbol.Select(s => Row(Html.Text(s.Key), Of(s.Value)))])}
        </section>
        """;

    public static string Direction(EvaluationReport report) => $"""
        <section><h2>Direction</h2>
        <div class="two"><div><h3>Gross IC by month</h3>{Whiskers.Draw("Gross IC by month", [.. report.ByMonth.Select(m => (m.Month, m.GrossIc)), ("all", report.Pooled.GrossIc)])}
        <h3>Gross IC by strategy</h3>{Whiskers.Draw("Gross IC by strategy", [.. report.Strategies.Select(s => (s.Key.Replace('_', ' '), s.Value.GrossIc))])}</div>
        <div><h3>Calibration: what came of each tenth of the forecasts</h3>{CalibrationChart.Draw(report.Calibration)}</div></div>
        <p>An IC above 0.10 on such data is a leak until proven otherwise.</p></section>
        """;

    public static string Champion(EvaluationReport report) => $"""
        <section><h2>What served</h2>
        <p>At each day's beginning the gate compared stored forecasts of the last days with those of the recipe that the newest training chose.</p>{ChampionChart.Draw(report.Model)}
        {string.Concat(report.Model.Select(s => $"<p>From {Html.Day(s.From)}: <b>{Html.Text(s.Kind)}</b>. {Html.Text(s.Reason)}</p>"))}
        {Decisions(report)}
        <h3>Every recipe, had it served all the time</h3>
        {Html.Table(
            ["", .. Columns, "policy at 5 bp", "at 0.5 bp"],
            report.Members.Select(m => (IReadOnlyList<string>)
            [
                Html.Name(m.Key), Html.Figure(m.Value.GrossIc), Html.Figure(m.Value.GrossR2, "0.0000"), Html.Figure(m.Value.SidesR2), Html.Figure(m.Value.NetR2),
                Html.Figure(m.Value.NetR2VsCond, "0.0000"), Html.Figure(m.Value.Policy["5"]), Html.Figure(m.Value.Policy["0.5"]),
            ]))}
        </section>
        """;

    public static string Months(EvaluationReport report) => $"""
        <section><h2>Stability by month</h2>
        <p>Direction comes and goes; the forecast of cost holds.</p>
        {Html.Table(
            ["", "slots", .. Columns, "policy at 5 bp", "at 0.5 bp"],
            report.ByMonth.Select(m => (IReadOnlyList<string>)
            [
                m.Month, m.Slots.ToString(System.Globalization.CultureInfo.InvariantCulture), Html.Figure(m.GrossIc), Html.Figure(m.GrossR2, "0.0000"), Html.Figure(m.SidesR2),
                Html.Figure(m.NetR2), Html.Figure(m.NetR2VsCond, "0.0000"), Html.Figure(m.Policy["5"]), Html.Figure(m.Policy["0.5"]),
            ]))}
        </section>
        """;

    public static string Ablation(EvaluationReport report) => report.Ablation.Count == 0 ? "" : $"""
        <section><h2>What groups of features are worth</h2>
        <p>The walk once more by the linear member alone, with each group left out in turn. Beside its own figures stands the gross IC that is lost without the group, paired day by day.</p>
        <div class="two"><div>{Whiskers.Draw("Gross IC lost", [.. report.Ablation.Where(a => a.Without is not null).Select(a => ("without " + a.Without, a.GrossIcLost))])}</div></div>
        {Html.Table(
            ["", "features", "gross IC", "gross IC lost", "sides R²", "net R² against the mean", "net R² against cond"],
            report.Ablation.Select(a => (IReadOnlyList<string>)
            [
                a.Without is null ? "all features" : $"without {Html.Text(a.Without)}", a.Features.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Html.Figure(a.GrossIc), Html.Figure(a.GrossIcLost), Html.Figure(a.SidesR2), Html.Figure(a.NetR2), Html.Figure(a.NetR2VsCond, "0.0000"),
            ]))}
        </section>
        """;

    private static string Decisions(EvaluationReport report) => report.Gate.Count == 0 ? "" : $"""
        <details><summary>{report.Gate.Count} decisions</summary>
        {Html.Table(
            ["day", "champion", "challenger", "verdict", "numbers"],
            report.Gate.Select(g => (IReadOnlyList<string>)[Html.Day(g.At), Html.Text(g.Champion), Html.Text(g.Challenger), Html.Text(g.Verdict), Html.Text(g.Reason)]))}</details>
        """;

    private static SkillMeasures Of(SymbolSkill s) => new(s.GrossIc, s.GrossR2, s.SidesR2, s.NetR2, s.NetR2VsCond);

    private static IReadOnlyList<string> Row(string name, SkillMeasures s) =>
        [name, Html.Figure(s.GrossIc), Html.Figure(s.GrossR2, "0.0000"), Html.Figure(s.SidesR2), Html.Figure(s.NetR2), Html.Figure(s.NetR2VsCond, "0.0000")];
}
