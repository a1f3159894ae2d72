namespace Hts.Policies;

/// <summary>
/// Stays in cash for a while, then runs for ever the strategy that was best in that time. <see cref="InHindsight"/> is the bound that no
/// fixed choice can beat, and that nobody can choose beforehand.
/// </summary>
/// <param name="strategies">Number of strategies.</param>
/// <param name="learningSlots">Slots before the choice; the default is one day of ten-minute slots.</param>
public sealed class BestFixedPolicy(int strategies, int learningSlots = 144) : ISlotPolicy
{
    private readonly double[] totals = new double[strategies];
    private long slots;
    private int choice = -1;

    public string Name => "best fixed";

    /// <summary>The strategy with the highest mean net return over all slots so far and that mean; null before the first.</summary>
    public (int Strategy, double MeanNet)? InHindsight =>
        slots == 0 ? null : (Largest.IndexOf(totals), totals[Largest.IndexOf(totals)] / slots);

    public void Weigh(Span<double> weights)
    {
        weights.Clear();
        if (choice >= 0)
            weights[choice] = 1;
    }

    public void Observe(ReadOnlySpan<double> outcomes)
    {
        for (var i = 0; i < totals.Length; i++)
            totals[i] += outcomes[i];
        slots++;
        if (slots == learningSlots)
            choice = Largest.IndexOf(totals);
    }
}
