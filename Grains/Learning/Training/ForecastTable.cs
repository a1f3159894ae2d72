using Hts.DataSets;
using Hts.Forecasts;
using Hts.Models;
using Hts.Scores;

namespace Hts.Training;

/// <summary>Forecasts over chosen rows of a data set; every array is rows × strategies, returns are fractions.</summary>
internal sealed class ForecastTable
{
    private ForecastTable(int[] rows, int strategies)
    {
        Rows = rows;
        Strategies = strategies;
        Net = new double[rows.Length * strategies];
        Gross = new double[rows.Length * strategies];
        Sides = new double[rows.Length * strategies];
        Lower = new double[rows.Length * strategies];
        Upper = new double[rows.Length * strategies];
        Array.Fill(Lower, double.NaN);
        Array.Fill(Upper, double.NaN);
    }

    public int[] Rows { get; }

    public int Strategies { get; }

    public double[] Net { get; }

    public double[] Gross { get; }

    public double[] Sides { get; }

    /// <summary>NaN where no interval was given.</summary>
    public double[] Lower { get; }

    public double[] Upper { get; }

    /// <summary>Composes outputs.</summary>
    /// <param name="intervals">Null leaves the intervals out.</param>
    public static ForecastTable Of(DataSet data, TargetLayout layout, RawOutputs outputs, Composer composer, IntervalTable? intervals)
    {
        var table = new ForecastTable(outputs.Rows, layout.StrategyCount);
        for (var i = 0; i < outputs.Rows.Length; i++)
        {
            var sigma = data.Sigma(outputs.Rows[i]);
            composer.Compose(outputs.Row(i), sigma, table.Of(table.Gross, i), table.Of(table.Sides, i), table.Of(table.Net, i));
            for (var s = 0; s < layout.StrategyCount && intervals is not null; s++)
            {
                var stands = layout.Stands(s, data.Standing(outputs.Rows[i]));
                var at = (i * layout.StrategyCount) + s;
                table.Lower[at] = table.Net[at] + (sigma * intervals.LowerOf(s, stands));
                table.Upper[at] = table.Net[at] + (sigma * intervals.UpperOf(s, stands));
            }
        }
        return table;
    }

    /// <summary>Runs a whole model, for instance one read from an artefact.</summary>
    public static ForecastTable Of(DataSet data, Model model, int[] rows)
    {
        const int batch = 256;
        using var runner = model.CreateRunner(batch);
        if (model.Returns is not null)
            return Asked(data, runner, rows);
        var outputs = new double[rows.Length * model.Layout.OutputCount];
        for (var at = 0; at < rows.Length; at += batch)
        {
            var count = Math.Min(batch, rows.Length - at);
            for (var i = 0; i < count; i++)
                runner.Put(i, data.Features.Row(rows[at + i]), data.Standing(rows[at + i]));
            runner.Run(count).CopyTo(outputs.AsSpan(at * model.Layout.OutputCount));
        }
        var composer = new Composer(model.Layout, data.Header.CostPerFill, model.Slope, model.Ranges);
        return Of(data, model.Layout, new RawOutputs(rows, outputs), composer, model.Intervals);
    }

    // What says net returns itself has no outputs to compose.
    private static ForecastTable Asked(DataSet data, ModelRunner runner, int[] rows)
    {
        var table = new ForecastTable(rows, runner.Model.Layout.StrategyCount);
        var forecast = new Forecast[1];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            runner.Predict([new ForecastInput(data.Features.Row(row).ToArray(), data.Sigma(row), data.Standing(row).ToArray())], forecast);
            forecast[0].Net.CopyTo(table.Of(table.Net, i));
            forecast[0].Gross.CopyTo(table.Of(table.Gross, i));
            forecast[0].Sides.CopyTo(table.Of(table.Sides, i));
            forecast[0].Lower.CopyTo(table.Of(table.Lower, i));
            forecast[0].Upper.CopyTo(table.Of(table.Upper, i));
        }
        return table;
    }

    /// <summary>Says zero to everything: no return, no fill.</summary>
    public static ForecastTable Zero(int[] rows, int strategies) => new(rows, strategies);

    /// <summary>Says the training mean: net/σ, gross/σ and sides of each strategy.</summary>
    public static ForecastTable Mean(DataSet data, int[] rows, TrainingMeans means)
    {
        var table = new ForecastTable(rows, means.Net.Length);
        for (var i = 0; i < rows.Length; i++)
            for (var s = 0; s < means.Net.Length; s++)
            {
                var at = (i * means.Net.Length) + s;
                table.Net[at] = means.Net[s] * data.Sigma(rows[i]);
                table.Gross[at] = means.Gross[s] * data.Sigma(rows[i]);
                table.Sides[at] = means.Sides[s];
            }
        return table;
    }

    /// <summary>Huber loss of each row: the mean over strategies in σ units.</summary>
    public double[] Losses(DataSet data)
    {
        var losses = new double[Rows.Length];
        Span<double> outcome = stackalloc double[Strategies];
        for (var i = 0; i < Rows.Length; i++)
        {
            for (var s = 0; s < Strategies; s++)
                outcome[s] = data.Net(Rows[i], s);
            losses[i] = Huber.SlotLoss(Of(Net, i), outcome, data.Sigma(Rows[i]));
        }
        return losses;
    }

    /// <summary>Share of a row's outcomes that lie within their intervals; null where there is one without.</summary>
    /// <param name="i">Index into <see cref="Rows"/>.</param>
    public double? Coverage(DataSet data, int i)
    {
        var held = 0;
        for (var s = 0; s < Strategies; s++)
        {
            var (lower, upper) = (Lower[(i * Strategies) + s], Upper[(i * Strategies) + s]);
            if (double.IsNaN(lower) || double.IsNaN(upper))
                return null;
            var outcome = data.Net(Rows[i], s);
            held += outcome >= lower && outcome <= upper ? 1 : 0;
        }
        return (double)held / Strategies;
    }

    private Span<double> Of(double[] values, int i) => values.AsSpan(i * Strategies, Strategies);
}
