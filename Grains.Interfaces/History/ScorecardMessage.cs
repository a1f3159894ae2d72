namespace Hts.History;

/// <summary>How the champion's predictions did, over one symbol or all.</summary>
/// <param name="Symbol">Null for all symbols.</param>
/// <param name="Explained">Slots with a reason instead of a prediction.</param>
/// <param name="Picks">Predictions that picked a strategy and are settled.</param>
/// <param name="Policies">What the picks and simpler ways to choose would have earned.</param>
/// <param name="Coverages">Interval coverage apart for standing and flat.</param>
/// <param name="Roles">Losses of what predicts beside the champion.</param>
/// <param name="PickReturn">Mean net return of those picks in percent; null without any.</param>
/// <param name="Skill">
/// Pooled: direction over all strategies but the mirrored short hold, net against the mean over all, net against cond over those that keep
/// a state. Null from a silo that does not tell yet.
/// </param>
/// <param name="Direction">
/// "shown" when the pooled gross IC's interval lies above zero, "none" when it does not, "unknown" when there is no interval yet.
/// </param>
/// <param name="Drift">The newest verdicts of what is watched for drift in the whole cluster.</param>
[GenerateSerializer, Immutable, Alias("hts.scorecard")]
public sealed record ScorecardMessage(
    [property: Id(0)] string? Symbol,
    [property: Id(1)] long FromTs,
    [property: Id(2)] long ToTs,
    [property: Id(3)] int Predicted,
    [property: Id(4)] int Explained,
    [property: Id(5)] int Settled,
    [property: Id(6)] int Picks,
    [property: Id(7)] double? PickReturn,
    [property: Id(8)] IReadOnlyList<StrategyScore> Strategies,
    [property: Id(9)] IReadOnlyList<PolicyScore> Policies,
    [property: Id(10)] IReadOnlyList<CoverageScore> Coverages,
    [property: Id(11)] IReadOnlyList<RoleScore> Roles,
    [property: Id(12)] SkillScore? Skill = null,
    [property: Id(13)] string? Direction = null,
    [property: Id(14)] IReadOnlyList<DriftScore>? Drift = null);
