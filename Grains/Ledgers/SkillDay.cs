using Hts.Scores;

namespace Hts.Ledgers;

/// <summary>Sums over one UTC day of the champion's settled forecasts of one strategy, in units of each slot's deviation.</summary>
/// <param name="DayTs">The day's start, Unix ms UTC.</param>
/// <param name="Gross">Forecast and realised gross return, where both are known.</param>
/// <param name="NetError">Squared errors of the net forecast on slots that <c>cond</c> has one for, too.</param>
/// <param name="CondError">Squared errors of <c>cond</c> on them.</param>
public sealed record SkillDay(long DayTs, string Strategy, PairSums Gross, double NetError, double CondError);
