using Hts.History;
using Hts.Json;

namespace Hts.Scorecards;

/// <summary>How the champion's predictions did.</summary>
/// <param name="Symbol">Null when all symbols are pooled.</param>
/// <param name="Explained">Slots with a reason instead of a prediction.</param>
/// <param name="Picks">Settled predictions that picked a strategy.</param>
/// <param name="Policies">What the picks ("model") and simpler ways to choose would have earned.</param>
/// <param name="Coverages">Interval coverage, apart for "own position stands" at the decision and "flat".</param>
/// <param name="Roles">Losses of what predicts beside the champion.</param>
/// <param name="PickReturn">Mean net return of the picks in percent; null without any.</param>
/// <param name="Direction">"shown" when the pooled grossIc's interval lies above zero, "none" when it does not, "unknown" with too little to say.</param>
/// <param name="GrossIc">Pooled over strategies but the mirrored short hold: correlation of predicted and realised gross return.</param>
/// <param name="GrossIcLow">Lower end of its 95 % interval over UTC days; null with fewer than two.</param>
/// <param name="GrossIcHigh">Upper end of that interval.</param>
/// <param name="GrossIcDays">UTC days that it spans.</param>
/// <param name="NetR2">Pooled: share of the training mean's squared error that is taken away; nearly all of it is cost, not direction.</param>
/// <param name="NetR2VsCond">The same against cond, over the strategies that keep a state.</param>
/// <param name="Drift">The newest verdicts on drift, of all symbols together.</param>
internal sealed record ScorecardView(
    string? Symbol, UtcTime From, UtcTime To, int Predicted, int Explained, int Settled, int Picks, double? PickReturn,
    IReadOnlyList<StrategyScoreView> Strategies, IReadOnlyList<PolicyScoreView> Policies, IReadOnlyList<CoverageScoreView> Coverages,
    IReadOnlyList<RoleScoreView> Roles, string Direction, double? GrossIc, double? GrossIcLow, double? GrossIcHigh, int GrossIcDays,
    double? NetR2, double? NetR2VsCond, IReadOnlyList<DriftScoreView> Drift)
{
    public static ScorecardView Of(ScorecardMessage m) => new(
        m.Symbol, new UtcTime(m.FromTs), new UtcTime(m.ToTs), m.Predicted, m.Explained, m.Settled, m.Picks, m.PickReturn,
        [.. m.Strategies.Select(StrategyScoreView.From)], [.. m.Policies.Select(PolicyScoreView.From)],
        [.. m.Coverages.Select(CoverageScoreView.From)], [.. m.Roles.Select(RoleScoreView.From)],
        m.Direction ?? "unknown", m.Skill?.GrossIc, m.Skill?.GrossIcLow, m.Skill?.GrossIcHigh, m.Skill?.Days ?? 0, m.Skill?.NetR2, m.Skill?.NetR2VsCond,
        [.. (m.Drift ?? []).Select(DriftScoreView.From)]);
}
