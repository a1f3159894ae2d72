using System.Runtime.InteropServices;
using Hts.DataSets;
using Hts.Models;

namespace Hts.Training;

/// <summary>What the validation part says about a candidate's outputs: how much of its direction came true, how far its net missed.</summary>
internal static class Calibration
{
    private const int MinCell = 40;

    /// <summary>Spread of true slopes before anything is seen: what is left of a direction lies mostly between none and all of it.</summary>
    private const double SlopeSpread = 0.5;

    // Ends of a normal distribution's 90 %: what is said while there are too few residuals to say anything.
    private const double NormalEnd = 1.645;

    /// <summary>
    /// How much of a forecast direction to believe: the slope of the least squares line through zero of realised on forecast gross, all
    /// gross outputs together, drawn towards none by as much as the validation part leaves it uncertain, and held to [0, 1]. A direction
    /// that did not come true is shrunk away, one that came true in a few days is believed in part, none is ever blown up.
    /// </summary>
    /// <remarks>
    /// Posterior mean under a normal prior of mean 0 and spread <see cref="SlopeSpread"/>; the slope's variance is counted in instants, for
    /// what symbols and strategies do at one instant hangs together (Liang and Zeger 1986).
    /// </remarks>
    public static double Slope(DataSet data, RawOutputs outputs, Targets targets, TargetLayout layout)
    {
        double products = 0, squares = 0;
        Dictionary<long, (double Products, double Squares)> instants = [];
        for (var i = 0; i < outputs.Rows.Length; i++)
        {
            var forecast = outputs.Row(i);
            var realised = targets.Row(outputs.Rows[i]);
            double product = 0, square = 0;
            for (var t = 0; t < layout.GrossCount; t++)
            {
                product += forecast[t] * realised[t];
                square += forecast[t] * forecast[t];
            }
            products += product;
            squares += square;
            var known = instants.GetValueOrDefault(data.BaseTs[outputs.Rows[i]]);
            instants[data.BaseTs[outputs.Rows[i]]] = (known.Products + product, known.Squares + square);
        }
        if (!(squares > 0))
            return 0;
        var slope = products / squares;
        var variance = instants.Values.Sum(at => Square(at.Products - (slope * at.Squares))) / (squares * squares);
        return Math.Clamp(slope * SlopeSpread * SlopeSpread / ((SlopeSpread * SlopeSpread) + variance), 0, 1);
    }

    /// <summary>Residual quantiles of composed net in σ units, per strategy, apart for flat and standing.</summary>
    public static IntervalTable Intervals(DataSet data, TargetLayout layout, ForecastTable forecasts, double coverage)
    {
        var lower = new double[2 * layout.StrategyCount];
        var upper = new double[2 * layout.StrategyCount];
        for (var s = 0; s < layout.StrategyCount; s++)
        {
            List<double>[] cells = [[], []];
            for (var i = 0; i < forecasts.Rows.Length; i++)
            {
                var row = forecasts.Rows[i];
                var residual = (data.Net(row, s) - forecasts.Net[(i * layout.StrategyCount) + s]) / data.Sigma(row);
                cells[layout.Stands(s, data.Standing(row)) ? 1 : 0].Add(residual);
            }
            List<double> both = [.. cells[0], .. cells[1]];
            for (var cell = 0; cell < 2; cell++)
                (lower[(2 * s) + cell], upper[(2 * s) + cell]) = Ends(cells[cell].Count >= MinCell ? cells[cell] : both, coverage);
        }
        return new IntervalTable(lower, upper);
    }

    private static double Square(double value) => value * value;

    private static (double Lower, double Upper) Ends(List<double> residuals, double coverage)
    {
        if (residuals.Count < MinCell)
            return (-NormalEnd, NormalEnd);
        residuals.Sort();
        return Quantiles.Conformal(CollectionsMarshal.AsSpan(residuals), coverage);
    }
}
