using Hts.History;

namespace Hts.Scorecards;

/// <summary>Score of one strategy's settled predictions; squared errors in percent squared.</summary>
/// <param name="MeanMse">Squared error of the training mean on the same slots.</param>
/// <param name="Ic">Correlation of prediction and outcome; null when it says nothing.</param>
/// <param name="Coverage">Share of outcomes within their 90 % interval, 0 to 1.</param>
internal sealed record StrategyScoreView(string Strategy, int Count, double? Mse, double? MeanMse, double? Ic, double? Coverage)
{
    public static StrategyScoreView From(StrategyScore m) => new(m.Strategy, m.Count, m.Mse, m.MeanMse, m.Ic, m.Coverage);
}
