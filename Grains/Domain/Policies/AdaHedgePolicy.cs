namespace Hts.Policies;

/// <summary>
/// Spreads over the strategies and cash by exponential weights whose rate adapts to what mixing has cost so far, so it needs no tuning
/// and no scale. Source: de Rooij, van Erven, Grünwald, Koolen, "Follow the Leader If You Can, Hedge If You Must", JMLR 15 (2014).
/// </summary>
/// <param name="strategies">Number of strategies; cash is one expert more, with loss 0.</param>
public sealed class AdaHedgePolicy(int strategies) : ISlotPolicy
{
    private readonly double[] losses = new double[strategies + 1];
    private readonly double[] weights = new double[strategies + 1];
    private readonly double[] slot = new double[strategies + 1];
    private double mixabilityGap;

    public string Name => "AdaHedge with cash";

    // Below this the rate would overflow: as good as 0, an infinite rate.
    private bool Mixed => mixabilityGap >= 1e-300;

    private double Rate => Math.Log(losses.Length) / mixabilityGap;

    public void Weigh(Span<double> weights)
    {
        Spread();
        this.weights.AsSpan(0, strategies).CopyTo(weights);
    }

    public void Observe(ReadOnlySpan<double> outcomes)
    {
        Spread();
        for (var i = 0; i < strategies; i++)
            slot[i] = -outcomes[i];

        double hedge = 0;
        for (var i = 0; i < slot.Length; i++)
            hedge += weights[i] * slot[i];
        mixabilityGap += Math.Max(0, hedge - MixLoss());
        for (var i = 0; i < losses.Length; i++)
            losses[i] += slot[i];
    }

    /// <summary>w_i ∝ exp(−η(L_i − min L)) with η = ln K / Δ; equal weights on the leaders while Δ is 0.</summary>
    private void Spread()
    {
        var least = losses.Min();
        double sum = 0;
        for (var i = 0; i < losses.Length; i++)
        {
            weights[i] = Mixed ? Math.Exp(-Rate * (losses[i] - least)) : losses[i] == least ? 1 : 0;
            sum += weights[i];
        }

        for (var i = 0; i < weights.Length; i++)
            weights[i] /= sum;
    }

    /// <summary>m = −ln(Σ w_i exp(−η l_i)) / η, taken about the least loss of positive weight so that nothing underflows.</summary>
    private double MixLoss()
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < slot.Length; i++)
            if (weights[i] > 0)
                least = Math.Min(least, slot[i]);
        if (!Mixed)
            return least;
        double sum = 0;
        for (var i = 0; i < slot.Length; i++)
            sum += weights[i] * Math.Exp(-Rate * (slot[i] - least));
        return least - (Math.Log(sum) / Rate);
    }
}
