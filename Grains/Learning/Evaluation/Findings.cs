using System.Globalization;
using Hts.Scores;

namespace Hts.Evaluation;

/// <summary>What a report comes to, in plain sentences; whether there is an edge comes first.</summary>
internal static class Findings
{
    public static IReadOnlyList<string> Of(EvaluationReport report)
    {
        var costly = report.Policy["5"];
        List<string> sentences =
        [
            Edge(report, costly.Model),
            Direction(report),
            Cost(report),
            string.Create(
                CultureInfo.InvariantCulture,
                $"At 5 bp a fill the policy ran a strategy in {report.Risk["5"].Traded * 100:0.00} % of the slots and was {Show(costly.ModelOverRandom, "bp")} a slot better than a random choice "
                + $"and {Show(costly.ModelOverBestFixed, "bp")} better than the best fixed strategy: its worth is losses avoided."),
            $"At 0.5 bp a fill it would have made {Show(report.Policy["0.5"].Model, "bp")} a slot and symbol.",
        ];
        if (report.Risk["5"].DeflatedSharpe is { } deflated)
            sentences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The deflated Sharpe ratio at 5 bp says that its return beats the best of {report.Risk["5"].Trials} worthless trials with probability {deflated:0.00}."));
        sentences.Add("Hourly retraining gains nothing that can be measured over daily; this walk retrained every " + report.Options["retrainDays"] + " days.");
        return sentences;
    }

    private static bool TooShort(EvaluationReport report) => report.Days < DayBlockBootstrap.LeastDays;

    private static string TooFewDays(EvaluationReport report, string toTell) =>
        $"Too few days to tell {toTell}: {report.Days} {(report.Days == 1 ? "is" : "are")} scored, intervals need {DayBlockBootstrap.LeastDays}";

    private static string Edge(EvaluationReport report, Measure model) => model switch
    {
        _ when TooShort(report) => $"{TooFewDays(report, "an edge from luck")}; at 5 bp a fill the policy's return was {Show(model, "bp")} a slot and symbol.",
        { Low: > 0 } => $"There is an edge at 5 bp a fill: {Show(model, "bp")} a slot and symbol.",
        { High: < 0 } => $"There is no edge at 5 bp a fill: the policy lost, {Show(model, "bp")} a slot and symbol.",
        _ => $"There is no edge at 5 bp a fill that can be told from luck: {Show(model, "bp")} a slot and symbol; cash is the benchmark.",
    };

    private static string Direction(EvaluationReport report) => report.Pooled.GrossIc switch
    {
        { Value: null } => "No direction was forecast: the champion says the same for every slot of a state.",
        var ic when TooShort(report) => $"{TooFewDays(report, "skill in direction from luck")}; the gross IC was {Show(ic)} pooled.",
        { Low: > 0 } ic => $"Direction was forecast better than by chance: gross IC {Show(ic)} pooled; an IC above 0.10 would be a leak until proven otherwise."
            + $" It was positive in {report.ByMonth.Count(m => m.GrossIc.Value > 0)} of {report.ByMonth.Count} months.",
        var ic => $"No skill in direction can be claimed: gross IC {Show(ic)} pooled.",
    };

    private static string Cost(EvaluationReport report) =>
        $"What trading will cost was forecast with a sides R² of {Show(report.Pooled.SidesR2)} (mean of the active strategies); "
        + $"net R² {Show(report.Pooled.NetR2)} against the training mean, of which nearly all is cost, and {Show(report.Pooled.NetR2VsCond)} against cond for the active strategies.";

    private static string Show(Measure measure, string unit = "")
    {
        if (measure.Value is not { } value)
            return "unknown";
        var figure = string.Create(CultureInfo.InvariantCulture, $"{value:+0.000;-0.000;0.000}{(unit.Length > 0 ? " " + unit : "")}");
        return measure.Low is null
            ? figure
            : string.Create(CultureInfo.InvariantCulture, $"{figure} [{measure.Low:+0.000;-0.000;0.000}, {measure.High:+0.000;-0.000;0.000}]");
    }
}
