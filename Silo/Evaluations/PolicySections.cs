using Hts.Evaluation;

namespace Hts.Evaluations;

/// <summary>What choosing by the forecasts would have earned.</summary>
internal static class PolicySections
{
    private static bool Losing(string policy) => policy is "random" or "bestFixed" or "followTheLeader";

    public static string Policies(EvaluationReport report) => $"""
        <section><h2>Policies</h2>
        <p>Return in basis points a slot and symbol: the selection rule on the champion's forecasts, beside policies that know nothing but past outcomes. Cash is the benchmark. No profit is promised.</p>
        {Html.Table(
            ["cost of a fill", "model", "cash", "random", "best fixed", "leader", "leader or cash", "AdaHedge", "over random", "over best fixed"],
            report.Policy.Select(p => (IReadOnlyList<string>)
            [
                $"{p.Key} bp", Html.Figure(p.Value.Model), Html.Figure(p.Value.Cash, "0"), Html.Figure(p.Value.Random, "0.00"), Html.Figure(p.Value.BestFixed, "0.00"),
                Html.Figure(p.Value.FollowTheLeader, "0.00"), Html.Figure(p.Value.FollowTheLeaderWithCash), Html.Figure(p.Value.AdaHedge),
                Html.Figure(p.Value.ModelOverRandom, "0.00"), Html.Figure(p.Value.ModelOverBestFixed, "0.00"),
            ]))}
        <h3>Risk of the model's policy</h3>
        {Html.Table(
            ["cost of a fill", "slots traded", "drawdown, bp a symbol", "Sharpe ratio a year", "deflated Sharpe", "trials"],
            report.Risk.Select(r => (IReadOnlyList<string>)
            [
                $"{r.Key} bp", Html.Number(r.Value.Traded * 100, "0.00") + " %", Html.Number(r.Value.DrawdownBp, "0"), Html.Number(r.Value.Sharpe, "0.00"),
                Html.Number(r.Value.DeflatedSharpe), r.Value.Trials.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ]))}
        <p>The deflated Sharpe ratio is the probability that the true ratio exceeds what the best of that many worthless trials would show.</p>
        <h3>Summed return, basis points a symbol</h3>
        <div class="two">{string.Concat(report.Policy.Keys.Select(cost => Chart(report, cost, p => !Losing(p), "policies that may hold cash")))}
        {Chart(report, "5", _ => true, "beside those that always trade")}</div>{CurveChart.Legend(_ => true)}
        </section>
        """;

    private static string Chart(EvaluationReport report, string cost, Func<string, bool> kept, string which) =>
        $"<div><h3>{cost} bp a fill, {which}</h3>"
        + CurveChart.Draw($"Summed returns at {cost} bp a fill, {which}", report.Curves.Where(c => c.CostBps == cost), Html.Day(report.From), Html.Day(report.To), kept)
        + "</div>";
}
