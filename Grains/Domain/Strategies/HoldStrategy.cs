namespace Hts.Strategies;

/// <summary>In at the window's first open, out at its last close.</summary>
/// <param name="side">1 buys and holds, −1 sells short and holds.</param>
public sealed class HoldStrategy(string name, int side) : Strategy(name)
{
    /// <summary>1 or −1.</summary>
    public int Side { get; } = side is 1 or -1 ? side : throw new ArgumentOutOfRangeException(nameof(side), side, "Must be 1 or -1.");

    public override string Parameters => $"hold side={Side}";
}
