namespace Hts.Forecasts;

/// <summary>Forecast of every strategy of the set, in its order. Returns are fractions of the entry price.</summary>
/// <param name="Net">Gross return less the expected cost of the expected fills.</param>
/// <param name="Lower">Lower end of the 90 % interval of the net return.</param>
/// <param name="Upper">Upper end of the 90 % interval of the net return.</param>
/// <param name="Gross">Return before cost.</param>
/// <param name="Sides">Expected number of fills, not negative.</param>
public sealed record Forecast(double[] Net, double[] Lower, double[] Upper, double[] Gross, double[] Sides)
{
    /// <summary>How far the features lie from what the model has learned from, in units of the limit: above 1 they are out of distribution.</summary>
    public double Novelty { get; init; }
}
