namespace Hts.Policies;

/// <summary>
/// A way to choose among strategies slot by slot that knows nothing but past outcomes: what a model's choices are compared with.
/// Each slot first asks <see cref="Weigh"/>, then tells <see cref="Observe"/>.
/// </summary>
public interface ISlotPolicy
{
    string Name { get; }

    /// <summary>Share of each strategy in the coming slot, within [0, 1]; they sum to at most 1, the rest is cash.</summary>
    /// <param name="weights">One value a strategy, all overwritten.</param>
    void Weigh(Span<double> weights);

    /// <summary>The slot's outcomes.</summary>
    /// <param name="outcomes">Net return of each strategy, finite fractions.</param>
    void Observe(ReadOnlySpan<double> outcomes);
}
