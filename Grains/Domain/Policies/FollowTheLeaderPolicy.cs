namespace Hts.Policies;

/// <summary>Runs the strategy with the highest total net return so far; the first of equals.</summary>
/// <param name="strategies">Number of strategies.</param>
/// <param name="withCash">Cash takes part with a total of 0 and wins ties.</param>
public sealed class FollowTheLeaderPolicy(int strategies, bool withCash) : ISlotPolicy
{
    private readonly double[] totals = new double[strategies];

    public string Name => withCash ? "follow the leader or cash" : "follow the leader";

    public void Weigh(Span<double> weights)
    {
        weights.Clear();
        var leader = Largest.IndexOf(totals);
        if (!withCash || totals[leader] > 0)
            weights[leader] = 1;
    }

    public void Observe(ReadOnlySpan<double> outcomes)
    {
        for (var i = 0; i < totals.Length; i++)
            totals[i] += outcomes[i];
    }
}
