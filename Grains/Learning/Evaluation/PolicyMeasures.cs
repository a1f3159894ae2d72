namespace Hts.Evaluation;

/// <summary>Mean return of policies at one cost, basis points a slot and symbol.</summary>
/// <param name="Model">The selection rule on the champion's forecasts, net composed at this cost.</param>
/// <param name="Cash">Never trades: the benchmark.</param>
/// <param name="Random">One strategy at random.</param>
/// <param name="BestFixed">The strategy that was best in the first day of data, for ever.</param>
/// <param name="FollowTheLeader">The strategy with the highest return so far.</param>
/// <param name="FollowTheLeaderWithCash">The same, cash taking part.</param>
/// <param name="AdaHedge">Adaptive exponential weights over strategies and cash.</param>
/// <param name="BestFixedInHindsight">The best strategy of the whole time for each symbol, which nobody can know beforehand.</param>
/// <param name="ModelOverRandom">Difference, paired day by day.</param>
/// <param name="ModelOverBestFixed">Difference to <paramref name="BestFixed"/>, paired day by day.</param>
public sealed record PolicyMeasures(
    Measure Model,
    Measure Cash,
    Measure Random,
    Measure BestFixed,
    Measure FollowTheLeader,
    Measure FollowTheLeaderWithCash,
    Measure AdaHedge,
    Measure BestFixedInHindsight,
    Measure ModelOverRandom,
    Measure ModelOverBestFixed);
