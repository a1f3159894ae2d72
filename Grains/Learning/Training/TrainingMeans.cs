using Hts.DataSets;

namespace Hts.Training;

/// <summary>Means over the training rows, one a strategy: the baseline that every score is held against.</summary>
/// <param name="NetReturn">Net return, fractions.</param>
/// <param name="Net">Net in σ units.</param>
/// <param name="Gross">Gross in σ units.</param>
/// <param name="Sides">Fills.</param>
internal sealed record TrainingMeans(double[] NetReturn, double[] Net, double[] Gross, double[] Sides)
{
    public static TrainingMeans Of(DataSet data, ReadOnlySpan<int> rows)
    {
        var count = data.Header.StrategyCount;
        var means = new TrainingMeans(new double[count], new double[count], new double[count], new double[count]);
        foreach (var row in rows)
            for (var s = 0; s < count; s++)
            {
                means.NetReturn[s] += data.Net(row, s) / rows.Length;
                means.Net[s] += data.Net(row, s) / data.Sigma(row) / rows.Length;
                means.Gross[s] += data.Gross(row)[s] / data.Sigma(row) / rows.Length;
                means.Sides[s] += (double)data.Sides(row)[s] / rows.Length;
            }
        return means;
    }
}
