using System.Text.Json.Serialization;

namespace Hts.Gates;

/// <summary>A gate's decision with every number it rests on; stored as it is and shown. All losses are Huber losses in σ units.</summary>
/// <param name="Promote">True when the candidate may serve.</param>
/// <param name="Verdict">One of <see cref="GateVerdicts"/>.</param>
/// <param name="Reason">The verdict in a sentence with its numbers.</param>
/// <param name="Evidence">One of <see cref="GateEvidence"/>.</param>
/// <param name="SameRecipe">The candidate is the champion's recipe fitted anew.</param>
/// <param name="Days">Full days that it was judged on.</param>
/// <param name="MinDays">Full days that were asked for.</param>
/// <param name="Slots">Slots scored in those days, all symbols.</param>
/// <param name="FirstTs">Start of the first of those days, Unix ms UTC.</param>
/// <param name="LastTs">Start of the last of those days, Unix ms UTC.</param>
/// <param name="ChallengerLoss">Mean over days.</param>
/// <param name="CondLoss">Mean over days.</param>
/// <param name="Champion">The comparison with the model in use; null when there is none or too little to compare.</param>
/// <param name="Anchor">The comparison with the anchor; null when there is none or too little to compare.</param>
/// <param name="NonFinite">Forecasts of the candidate that were not finite.</param>
/// <param name="SkilfulPlacebos">Names of the placebos that looked skilful.</param>
public sealed record GateDecision(
    bool Promote,
    string Verdict,
    string Reason,
    string ChallengerVersion,
    string? ChampionVersion,
    string Evidence,
    bool SameRecipe,
    int Days,
    int MinDays,
    int Slots,
    long? FirstTs,
    long? LastTs,
    double? ChallengerLoss,
    double? CondLoss,
    GateTest? Champion,
    GateTest? Anchor,
    double? Coverage,
    double? GrossIc,
    int GrossIcDays,
    int NonFinite,
    string SkilfulPlacebos)
{
    // Left out where they are not known, so that a decision of before they were there is made again to the letter.

    /// <summary>Beside stored forecasts: gain over <c>cond</c> on the test part of the candidate's own training.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GateMean? TestPartCond { get; init; }

    /// <summary>Beside stored forecasts: gain over the champion on the test part of the candidate's own training.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GateMean? TestPartChampion { get; init; }

    /// <summary>Beside stored forecasts: coverage on the test part of the candidate's own training.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GateMean? TestPartCoverage { get; init; }
}
