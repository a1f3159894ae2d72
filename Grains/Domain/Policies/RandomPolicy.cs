namespace Hts.Policies;

/// <summary>Runs one strategy, each equally likely, from a seed: what chance alone costs.</summary>
public sealed class RandomPolicy(ulong seed) : ISlotPolicy
{
    private ulong state = seed;

    public string Name => "random";

    /// <summary>The choice of the coming slot; it stays the same until the slot's outcome is told.</summary>
    public void Weigh(Span<double> weights)
    {
        weights.Clear();
        weights[(int)(Mixed(state) % (ulong)weights.Length)] = 1;
    }

    public void Observe(ReadOnlySpan<double> outcomes) => state += 0x9e3779b97f4a7c15;

    // SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every runtime, which System.Random does not promise.
    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
