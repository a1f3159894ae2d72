namespace Hts.Scores;

/// <summary>One settled forecast of one strategy, ready to be scored. Returns are fractions.</summary>
/// <param name="Outcome">What really came.</param>
/// <param name="Forecast">What was said.</param>
/// <param name="Baseline">What the baseline said: the training mean, or the <c>cond</c> table.</param>
/// <param name="Sigma">Scale of an error, positive: the slot's σ, or 1 to score raw values.</param>
/// <param name="Lower">Lower end of the interval; NaN when none was given.</param>
/// <param name="Upper">Upper end of the interval; NaN when none was given.</param>
public readonly record struct Scoring(
    double Outcome, double Forecast, double Baseline, double Sigma = 1, double Lower = double.NaN, double Upper = double.NaN);
