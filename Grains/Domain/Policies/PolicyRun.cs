namespace Hts.Policies;

/// <summary>Feeds a policy slot by slot and adds up what it earned.</summary>
/// <param name="policy">Chooses before it sees each outcome.</param>
/// <param name="strategies">Number of strategies.</param>
public sealed class PolicyRun(ISlotPolicy policy, int strategies)
{
    private readonly double[] weights = new double[strategies];
    private double total;

    public string Name => policy.Name;

    public long Slots { get; private set; }

    /// <summary>Mean net return a slot, a fraction; null before the first slot.</summary>
    public double? MeanNet => Slots > 0 ? total / Slots : null;

    /// <summary>Plays one slot.</summary>
    /// <param name="outcomes">Net return of each strategy, fractions.</param>
    /// <returns>The slot's net return: Σ weight · outcome; cash earns 0.</returns>
    /// <exception cref="ArgumentException">An outcome is not finite: such a slot is not settled.</exception>
    public double Play(ReadOnlySpan<double> outcomes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, strategies);
        foreach (var outcome in outcomes)
            if (!double.IsFinite(outcome))
                throw new ArgumentException($"An outcome of {outcome} is not settled.", nameof(outcomes));

        policy.Weigh(weights);
        double earned = 0;
        for (var i = 0; i < strategies; i++)
            earned += weights[i] * outcomes[i];
        policy.Observe(outcomes);
        total += earned;
        Slots++;
        return earned;
    }
}
