namespace Hts.Markets;

/// <summary>Whether a market can answer for an instant.</summary>
public enum Readiness
{
    /// <summary>The answer is there.</summary>
    Ready = 0,

    /// <summary>Bars up to that instant have not all arrived; ask again.</summary>
    NotYet = 1,

    /// <summary>Bars are missing and will not come.</summary>
    Gap = 2,

    /// <summary>Not enough history yet.</summary>
    WarmingUp = 3,
}
