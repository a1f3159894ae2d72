using Hts.Forecasts;

namespace Hts.Models;

/// <summary>Net returns straight from a net of embeddings.</summary>
/// <param name="Net">Reads the columns that a row of features begins with and puts out net returns in percent.</param>
/// <param name="StrategyOf">The strategy that each output is for.</param>
internal sealed record EmbeddingReturns(EmbeddingNet Net, int[] StrategyOf)
{
    private const double Percent = 0.01;

    private readonly double[] outputs = new double[StrategyOf.Length];

    /// <summary>The same with memory of its own, for another thread.</summary>
    public EmbeddingReturns Twin() => new(Net.Twin(), StrategyOf);

    /// <summary>Puts the net's returns into a forecast whose fills are known: gross follows from both. Not for use by two threads at once.</summary>
    /// <param name="features">The whole row, unscaled.</param>
    /// <param name="costPerFill">Fraction of the price.</param>
    public void PutInto(Forecast forecast, ReadOnlySpan<float> features, double costPerFill)
    {
        Net.Run(features, outputs);
        for (var o = 0; o < outputs.Length; o++)
        {
            var s = StrategyOf[o];
            forecast.Net[s] = outputs[o] * Percent;
            forecast.Gross[s] = forecast.Net[s] + (costPerFill * forecast.Sides[s]);
        }
    }
}
