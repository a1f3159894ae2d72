using System.Globalization;
using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>The report as one page that needs nothing beside itself: no script, no font, no picture.</summary>
internal static class ReportPage
{
    public static string Write(EvaluationReport report) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>Walk-forward evaluation, {Html.Day(report.From)} to {Html.Day(report.To)}</title>
        <style>{PageStyle.Css}</style></head>
        <body><main>
        <h1>Walk-forward evaluation</h1>
        <p class="lead">{Html.Text(string.Join(", ", report.Symbols))} · {Html.Day(report.From)} to {Html.Day(report.To)} · {report.Slots.ToString("N0", CultureInfo.InvariantCulture)} slots on {report.Days} days</p>
        <section class="verdict {Tone(report)}">{string.Concat(report.Findings.Select(f => $"<p>{Html.Text(f)}</p>"))}</section>
        <div class="tiles">
        {Tile("gross IC", report.Pooled.GrossIc)}
        {Tile("sides R², mean of the active", report.Pooled.SidesR2)}
        {Tile("net R² against the mean", report.Pooled.NetR2)}
        {Tile("net R² against cond", report.Pooled.NetR2VsCond, "0.0000")}
        {Tile("policy at 5 bp, bp a slot", report.Policy["5"].Model)}
        {Tile("policy at 0.5 bp, bp a slot", report.Policy["0.5"].Model)}
        </div>
        {SkillSections.Skill(report)}
        {SkillSections.Direction(report)}
        {SkillSections.Champion(report)}
        {PolicySections.Policies(report)}
        {FactSections.Coverage(report)}
        {SkillSections.Months(report)}
        {SkillSections.Ablation(report)}
        {FactSections.Labels(report)}
        {FactSections.Method(report)}
        <footer>{report.Seconds.ToString("0", CultureInfo.InvariantCulture)} s, {report.PeakMemoryMb.ToString("0", CultureInfo.InvariantCulture)} MB at most. Every figure stands in {EvaluationReport.FileName} beside this page.</footer>
        </main></body></html>
        """;

    private static string Tone(EvaluationReport report) => report.Policy["5"].Model switch
    {
        { Low: > 0 } => "good",
        { High: < 0 } => "bad",
        _ => "even",
    };

    private static string Tile(string name, Measure measure, string format = "0.000") => $"""
        <div class="tile"><span>{Html.Text(name)}</span><b>{Html.Number(measure.Value, format)}</b><span>{(measure.Low is null ? "no interval" : Html.Interval(measure, format))}</span></div>
        """;
}
