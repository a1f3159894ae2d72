namespace Hts.Models;

/// <summary>
/// Which numbers a model puts out for a set of strategies: first gross/σ of every strategy that keeps a state and of the long
/// hold, then the sides of every strategy that keeps a state. The holds always fill twice and the short one mirrors the long one.
/// </summary>
public sealed class TargetLayout
{
    public const string LongHold = "long_hold";
    public const string ShortHold = "short_hold";

    private readonly int[] active;

    /// <param name="strategies">Names in the order of the strategy set; both holds must be among them.</param>
    /// <exception cref="ArgumentException">A hold is missing, or a name is empty or stands twice.</exception>
    public TargetLayout(IReadOnlyList<string> strategies)
    {
        if (strategies.Any(string.IsNullOrWhiteSpace) || strategies.Distinct(StringComparer.Ordinal).Count() != strategies.Count)
            throw new ArgumentException("Names of strategies must not be empty or stand twice.", nameof(strategies));
        Strategies = [.. strategies];
        LongIndex = IndexOf(LongHold);
        ShortIndex = IndexOf(ShortHold);
        active = [.. Enumerable.Range(0, strategies.Count).Where(s => s != LongIndex && s != ShortIndex)];
    }

    public IReadOnlyList<string> Strategies { get; }

    public int StrategyCount => Strategies.Count;

    /// <summary>Strategies that keep a state: all but the two holds.</summary>
    public int ActiveCount => active.Length;

    /// <summary>Outputs that are gross/σ: the active strategies, then the long hold.</summary>
    public int GrossCount => active.Length + 1;

    /// <summary>All outputs: <see cref="GrossCount"/>, then the sides of the active strategies.</summary>
    public int OutputCount => (2 * active.Length) + 1;

    public int LongIndex { get; }

    public int ShortIndex { get; }

    /// <summary>Index in the strategy set of each active strategy; the order of the standing states.</summary>
    public ReadOnlySpan<int> Active => active;

    /// <summary>The active strategy an output belongs to, or −1 for the long hold.</summary>
    public int ActiveOf(int output) => output < active.Length ? output : output == active.Length ? -1 : output - GrossCount;

    /// <summary>True when a strategy's own position stands at the decision; the holds have none.</summary>
    public bool Stands(int strategy, ReadOnlySpan<sbyte> standing)
    {
        var place = Array.IndexOf(active, strategy);
        return place >= 0 && standing[place] != 0;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < Strategies.Count; i++)
            if (Strategies[i] == name)
                return i;
        throw new ArgumentException($"The set of strategies has no '{name}'.", "strategies");
    }
}
