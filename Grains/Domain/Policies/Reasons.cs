namespace Hts.Policies;

/// <summary>Why a strategy was picked or none was: the values of a prediction's <c>reason</c>.</summary>
public static class Reasons
{
    /// <summary>The strategy with the highest expected net return.</summary>
    public const string Picked = "picked";

    /// <summary>The best strategy is not expected to earn more than the threshold.</summary>
    public const string NotWorthTheCost = "not worth the cost";

    /// <summary>The best strategy is expected not to trade at all.</summary>
    public const string ExpectedToStayFlat = "expected to stay flat";

    /// <summary>More bars are missing before the decision than is tolerated.</summary>
    public const string Gap = "gap";

    /// <summary>The newest bar is older than the decision allows.</summary>
    public const string StaleData = "stale data";

    /// <summary>The model in use was trained too long ago: what it predicts is kept, but nothing is picked.</summary>
    public const string StaleModel = "stale model";

    /// <summary>The features lie outside what the model has seen.</summary>
    public const string OutOfDistribution = "out of distribution";

    /// <summary>No model has been promoted yet.</summary>
    public const string NoModelYet = "no model yet";

    /// <summary>Too little history before the decision.</summary>
    public const string WarmingUp = "warming up";

    /// <summary>The decision's time had passed before it could be made; it is never made afterwards.</summary>
    public const string Missed = "missed";

    /// <summary>All reasons a prediction may carry.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Picked, NotWorthTheCost, ExpectedToStayFlat, Gap, StaleData, StaleModel, OutOfDistribution, NoModelYet, WarmingUp, Missed,
    ];
}
