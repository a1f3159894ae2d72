using Hts.History;

namespace Hts.Scorecards;

/// <summary>Score of one strategy's settled predictions; squared errors in percent squared.</summary>
/// <param name="MeanMse">Squared error of the training mean on the same slots.</param>
/// <param name="Ic">Correlation of net prediction and net outcome, which says nothing about direction; null when it says nothing at all.</param>
/// <param name="Coverage">Share of outcomes within their 90 % interval, 0 to 1.</param>
/// <param name="GrossIc">Correlation of predicted and realised gross return in units of the slot's deviation: this one speaks of direction.</param>
/// <param name="GrossIcLow">Lower end of its 95 % interval over UTC days; null with fewer than two.</param>
/// <param name="GrossIcHigh">Upper end of that interval.</param>
/// <param name="NetR2">Share of the training mean's squared error that is taken away, net, in units of the slot's deviation.</param>
/// <param name="NetR2VsCond">The same against the forecasts of cond on the slots that have one.</param>
internal sealed record StrategyScoreView(
    string Strategy, int Count, double? Mse, double? MeanMse, double? Ic, double? Coverage,
    double? GrossIc, double? GrossIcLow, double? GrossIcHigh, double? NetR2, double? NetR2VsCond)
{
    public static StrategyScoreView From(StrategyScore m) => new(
        m.Strategy, m.Count, m.Mse, m.MeanMse, m.Ic, m.Coverage,
        m.Skill?.GrossIc, m.Skill?.GrossIcLow, m.Skill?.GrossIcHigh, m.Skill?.NetR2, m.Skill?.NetR2VsCond);
}
