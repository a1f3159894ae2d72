namespace Hts.Policies;

/// <summary>Never runs anything: the benchmark, for it costs nothing.</summary>
public sealed class CashPolicy : ISlotPolicy
{
    public string Name => "cash";

    public void Weigh(Span<double> weights) => weights.Clear();

    public void Observe(ReadOnlySpan<double> outcomes)
    {
    }
}
