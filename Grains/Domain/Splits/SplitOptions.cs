namespace Hts.Splits;

/// <summary>Shares of a chronological split, counted in distinct instants of decision.</summary>
public sealed class SplitOptions
{
    /// <summary>Share for choosing among models, within [0, 1). Default .15.</summary>
    public double ValidationShare { get; set; } = 0.15;

    /// <summary>Share kept back for judging, within [0, 1). Default .15.</summary>
    public double TestShare { get; set; } = 0.15;

    /// <exception cref="ArgumentOutOfRangeException">A share is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        Check(nameof(ValidationShare), ValidationShare);
        Check(nameof(TestShare), TestShare);
        if (ValidationShare + TestShare >= 1)
            throw new ArgumentOutOfRangeException(nameof(TestShare), TestShare, $"ValidationShare {ValidationShare} + TestShare must be below 1.");
    }

    private static void Check(string key, double value)
    {
        if (!(value is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(key, value, $"{key} must lie within [0, 1).");
    }
}
