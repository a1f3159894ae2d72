namespace Hts.Gates;

/// <summary>How much the gate asks for.</summary>
public sealed class GateOptions
{
    /// <summary>Slots below which nothing can be judged, within [1, 1000000]. Default 144, one day of one symbol.</summary>
    public int MinSlots { get; set; } = 144;

    /// <summary>
    /// Huber loss by which a candidate may be worse than the champion and still count as not worse, within [0, 1]. Default 0: the
    /// champion's margins must not ratchet down.
    /// </summary>
    public double Tolerance { get; set; }

    /// <summary>Huber loss by which a candidate may be worse than <c>cond</c>, within [0, 1]. Default 0.</summary>
    public double CondTolerance { get; set; }

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        if (MinSlots is < 1 or > 1_000_000)
            throw new ArgumentOutOfRangeException(nameof(MinSlots), MinSlots, "MinSlots must lie within [1, 1000000].");
        Check(nameof(Tolerance), Tolerance);
        Check(nameof(CondTolerance), CondTolerance);
    }

    private static void Check(string key, double value)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(key, value, $"{key} must lie within [0, 1].");
    }
}
