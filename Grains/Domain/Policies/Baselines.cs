namespace Hts.Policies;

/// <summary>The policies that stand beside the model's on every scorecard.</summary>
public static class Baselines
{
    /// <summary>Fresh runs of cash, best fixed, follow the leader without and with cash, AdaHedge and random, in this order.</summary>
    public static IReadOnlyList<PolicyRun> For(int strategies, ulong seed) =>
    [
        new(new CashPolicy(), strategies),
        new(new BestFixedPolicy(strategies), strategies),
        new(new FollowTheLeaderPolicy(strategies, withCash: false), strategies),
        new(new FollowTheLeaderPolicy(strategies, withCash: true), strategies),
        new(new AdaHedgePolicy(strategies), strategies),
        new(new RandomPolicy(seed), strategies),
    ];
}
