namespace Hts.Scores;

/// <summary>How good forecasts were. Null where there is too little to say.</summary>
/// <param name="Count">Settled forecasts n.</param>
/// <param name="MeanSquaredError">Σ(y − f)²/n, squared fractions.</param>
/// <param name="HuberLoss">Mean Huber loss of (y − f)/σ, knee 1.</param>
/// <param name="RSquared">1 − Σ((y − f)/σ)² / Σ((y − b)/σ)² against the baseline b: 0 as good as it, negative worse.</param>
/// <param name="Ic">Pearson correlation of f/σ and y/σ.</param>
/// <param name="Bias">Mean of y − f, a fraction.</param>
/// <param name="Intervals">Forecasts that carried an interval.</param>
/// <param name="Coverage">Share of those whose outcome lay within it, ends included.</param>
public sealed record Score(
    long Count, double? MeanSquaredError, double? HuberLoss, double? RSquared, double? Ic, double? Bias, long Intervals, double? Coverage);
