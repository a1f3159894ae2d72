namespace Hts.Evaluation;

/// <summary>The risk of the model's policy at one cost; its returns are daily means over symbols.</summary>
/// <param name="Traded">Share of slots in which it ran a strategy.</param>
/// <param name="DrawdownBp">Largest fall from an earlier high of the summed return a symbol, basis points.</param>
/// <param name="Sharpe">Mean over standard deviation of daily returns, a year's (× √365); null when nothing was traded.</param>
/// <param name="Trials">Trials that the deflated ratio answers for.</param>
/// <param name="DeflatedSharpe">Probability that the true ratio exceeds what the best of as many worthless trials would show; null when there is no ratio or
/// fewer than <see cref="Scores.DayBlockBootstrap.LeastDays"/> days.</param>
public sealed record RiskFacts(double Traded, double DrawdownBp, double? Sharpe, int Trials, double? DeflatedSharpe);
