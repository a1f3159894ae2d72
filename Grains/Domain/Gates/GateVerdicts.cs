namespace Hts.Gates;

/// <summary>What a gate may say: the values of <see cref="GateDecision.Verdict"/>.</summary>
public static class GateVerdicts
{
    /// <summary>A new recipe that is proven better than the champion.</summary>
    public const string Better = "better than the champion";

    /// <summary>A retrain of the champion's recipe that is proven not worse by more than the margin.</summary>
    public const string NotWorse = "not worse than the champion";

    /// <summary>There was no champion, and no veto stands against the candidate.</summary>
    public const string FirstModel = "first model";

    /// <summary>Too few days: <c>cond</c> may start a fresh system, anything else waits.</summary>
    public const string NotEnoughData = "not enough data to judge";

    public const string NotProven = "not proven against the champion";

    /// <summary>Worse than the anchor, or, on past slots, not compared with it.</summary>
    public const string NotProvenAgainstAnchor = "not proven against the anchor";

    /// <summary>Veto.</summary>
    public const string WorseThanCond = "worse than cond";

    /// <summary>Veto: older models of its recipe did well, but this one surely did not where nobody fitted it.</summary>
    public const string WorseOnTestPart = "worse on its test part";

    /// <summary>Veto.</summary>
    public const string Coverage = "coverage out of range";

    /// <summary>Veto: its intervals are surely too narrow or too wide where nobody fitted them.</summary>
    public const string CoverageOnTestPart = "coverage out of range on its test part";

    /// <summary>Veto.</summary>
    public const string UpsideDown = "direction upside down";

    /// <summary>Veto.</summary>
    public const string NonFinite = "non-finite output";

    /// <summary>Veto.</summary>
    public const string SkilfulPlacebo = "skilful placebo";

    /// <summary>Veto on another recipe: too few rows to tell whether a placebo has skill.</summary>
    public const string NoPlacebo = "no placebo could be judged";
}
