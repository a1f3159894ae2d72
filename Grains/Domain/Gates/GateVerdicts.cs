namespace Hts.Gates;

/// <summary>What a gate may say: the values of <see cref="GateDecision.Verdict"/>.</summary>
public static class GateVerdicts
{
    /// <summary>The candidate was judged on enough slots and is not worse than the champion.</summary>
    public const string NotWorse = "not worse than the champion";

    /// <summary>There was no champion, and the candidate is not worse than <c>cond</c>.</summary>
    public const string FirstModel = "first model";

    /// <summary>Too few slots: <c>cond</c> may start a fresh system, anything else waits.</summary>
    public const string NotEnoughData = "not enough data to judge";

    public const string WorseThanChampion = "worse than the champion";

    /// <summary>Veto.</summary>
    public const string WorseThanCond = "worse than cond";

    /// <summary>Veto.</summary>
    public const string NonFinite = "non-finite output";
}
