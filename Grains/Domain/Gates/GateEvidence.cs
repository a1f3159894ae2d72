namespace Hts.Gates;

/// <summary>Where compared losses come from: the values of <see cref="GateInput.Evidence"/>.</summary>
public static class GateEvidence
{
    /// <summary>Forecasts that both models made and stored before the outcomes were known.</summary>
    public const string Stored = "stored forecasts";

    /// <summary>Past slots that the candidate's recipe was fitted without: all there is for a recipe that has not predicted yet.</summary>
    public const string WalkForward = "walk-forward";
}
