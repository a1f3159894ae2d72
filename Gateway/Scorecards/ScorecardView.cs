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
internal sealed record ScorecardView(
    string? Symbol, UtcTime From, UtcTime To, int Predicted, int Explained, int Settled, int Picks, double? PickReturn,
    IReadOnlyList<StrategyScoreView> Strategies, IReadOnlyList<PolicyScoreView> Policies, IReadOnlyList<CoverageScoreView> Coverages,
    IReadOnlyList<RoleScoreView> Roles)
{
    public static ScorecardView Of(ScorecardMessage m) => new(
        m.Symbol, new UtcTime(m.FromTs), new UtcTime(m.ToTs), m.Predicted, m.Explained, m.Settled, m.Picks, m.PickReturn,
        [.. m.Strategies.Select(StrategyScoreView.From)], [.. m.Policies.Select(PolicyScoreView.From)],
        [.. m.Coverages.Select(CoverageScoreView.From)], [.. m.Roles.Select(RoleScoreView.From)]);
}
