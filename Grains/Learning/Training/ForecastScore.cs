namespace Hts.Training;

/// <summary>Scores of one strategy, or of several pooled, over the same rows. Null where there is nothing to say.</summary>
/// <param name="Name">The strategy; "pooled" for all (gross without the mirrored short hold), "active" for those that keep a state.</param>
/// <param name="Count">Settled forecasts.</param>
/// <param name="NetR2">R² of net in σ units against the training mean.</param>
/// <param name="NetR2VsCond">R² of net in σ units against the <c>cond</c> table.</param>
/// <param name="GrossIc">Correlation of forecast and realised gross in σ units: the only one of these that speaks of direction.</param>
/// <param name="GrossR2">R² of gross in σ units against the training mean.</param>
/// <param name="SidesR2">R² of sides against the training mean; null for the holds.</param>
/// <param name="Huber">Mean Huber loss of net in σ units.</param>
/// <param name="NetMse">Mean squared error of net, squared fractions.</param>
/// <param name="Coverage">Share of outcomes within the interval.</param>
public sealed record ForecastScore(
    string Name,
    long Count,
    double? NetR2,
    double? NetR2VsCond,
    double? GrossIc,
    double? GrossR2,
    double? SidesR2,
    double? Huber,
    double? NetMse,
    double? Coverage);
