namespace Hts.Gates;

/// <summary>A gate's decision with every number it rests on; stored as it is and shown. All losses are Huber losses in σ units.</summary>
/// <param name="Promote">True when the candidate may serve.</param>
/// <param name="Verdict">One of <see cref="GateVerdicts"/>.</param>
/// <param name="Reason">The verdict in a sentence with its numbers.</param>
/// <param name="Slots">Slots that every compared model was scored on.</param>
/// <param name="MinSlots">Slots that were asked for.</param>
/// <param name="Days">UTC days that those slots lie in.</param>
/// <param name="FirstTs">First of those slots, Unix ms UTC.</param>
/// <param name="LastTs">Last of those slots, Unix ms UTC.</param>
/// <param name="NonFinite">Slots in which the candidate's output was not finite.</param>
/// <param name="ChampionLoss">Mean over slots.</param>
/// <param name="ChallengerLoss">Mean over slots.</param>
/// <param name="CondLoss">Mean over slots.</param>
/// <param name="Gain">ChampionLoss − ChallengerLoss: positive when the candidate is better.</param>
/// <param name="DailyGain">Mean over days of the day's mean gain.</param>
/// <param name="DailyGainError">Its standard error, from two days on.</param>
/// <param name="Tolerance">By how much the candidate might have been worse than the champion.</param>
/// <param name="CondTolerance">By how much the candidate might have been worse than <c>cond</c>.</param>
public sealed record GateDecision(
    bool Promote,
    string Verdict,
    string Reason,
    string ChallengerVersion,
    string? ChampionVersion,
    int Slots,
    int MinSlots,
    int Days,
    long? FirstTs,
    long? LastTs,
    int NonFinite,
    double? ChampionLoss,
    double? ChallengerLoss,
    double? CondLoss,
    double? Gain,
    double? DailyGain,
    double? DailyGainError,
    double Tolerance,
    double CondTolerance);
