using System.Runtime.InteropServices;
using Hts.DataSets;
using Hts.Models;

namespace Hts.Training;

/// <summary>What the validation part says about a candidate's outputs: how much of its direction came true, how far its net missed.</summary>
internal static class Calibration
{
    private const int MinCell = 40;

    // Ends of a normal distribution's 90 %: what is said while there are too few residuals to say anything.
    private const double NormalEnd = 1.645;

    /// <summary>
    /// Slope of the least squares line through zero of realised on forecast gross, all gross outputs together, held to [0, 1]: a
    /// direction that did not come true is shrunk away, none is ever blown up.
    /// </summary>
    public static double Slope(RawOutputs outputs, Targets targets, TargetLayout layout)
    {
        double products = 0, squares = 0;
        for (var i = 0; i < outputs.Rows.Length; i++)
        {
            var forecast = outputs.Row(i);
            var realised = targets.Row(outputs.Rows[i]);
            for (var t = 0; t < layout.GrossCount; t++)
            {
                products += forecast[t] * realised[t];
                squares += forecast[t] * forecast[t];
            }
        }
        return squares > 0 ? Math.Clamp(products / squares, 0, 1) : 0;
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

    private static (double Lower, double Upper) Ends(List<double> residuals, double coverage)
    {
        if (residuals.Count < MinCell)
            return (-NormalEnd, NormalEnd);
        residuals.Sort();
        return Quantiles.Conformal(CollectionsMarshal.AsSpan(residuals), coverage);
    }
}
