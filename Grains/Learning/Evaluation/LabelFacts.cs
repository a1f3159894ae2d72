using Hts.DataSets;
using Hts.Models;

namespace Hts.Evaluation;

/// <summary>What the labels are like, symbol by symbol and month by month.</summary>
internal static class LabelFacts
{
    // Below this share of the largest eigenvalue a direction is rounding.
    private const double Rounding = 1e-9;

    public static IReadOnlyList<LabelMonth> Of(DataSet data, TargetLayout layout) =>
    [
        .. Enumerable.Range(0, data.Count)
            .GroupBy(row => (Symbol: Symbol(data, row), Month: WalkDays.MonthOf(data.BaseTs[row])))
            .OrderBy(g => g.Key.Symbol, StringComparer.Ordinal).ThenBy(g => g.Key.Month, StringComparer.Ordinal)
            .Select(g => Of(data, layout, g.Key.Symbol, g.Key.Month, [.. g])),
    ];

    private static string Symbol(DataSet data, int row) => data.Symbols[data.Symbol[row]];

    private static LabelMonth Of(DataSet data, TargetLayout layout, string symbol, string month, int[] rows)
    {
        Dictionary<string, double> traded = new(StringComparer.Ordinal), trips = new(StringComparer.Ordinal);
        foreach (var s in layout.Active)
        {
            double[] fills = [.. rows.Select(row => data.Sides(row)[s] / 2.0).Where(f => f > 0).Order()];
            traded[layout.Strategies[s]] = (double)fills.Length / rows.Length;
            trips[layout.Strategies[s]] = fills.Length == 0 ? 0 : Training.Quantiles.Of(fills, 0.99);
        }
        var all = Eigenvalues(Correlations(data, rows, [.. Enumerable.Range(0, layout.StrategyCount)]));
        var own = Eigenvalues(Correlations(data, rows, [.. Enumerable.Range(0, layout.StrategyCount).Where(s => s != layout.ShortIndex)]));
        return new LabelMonth(
            symbol, month, rows.Length, traded, trips, all.Count(v => v > Rounding * all[0]), own[^1] > Rounding * own[0] ? Math.Sqrt(own[0] / own[^1]) : null);
    }

    /// <summary>Largest first.</summary>
    private static double[] Eigenvalues(double[][] correlations) => Training.SymmetricEigen.Of(correlations).Values;

    /// <summary>Correlations of net returns; a strategy that never moves has none, its own included.</summary>
    private static double[][] Correlations(DataSet data, int[] rows, int[] strategies)
    {
        var columns = strategies.Select(s => Standardised([.. rows.Select(row => data.Net(row, s))])).ToArray();
        return [.. columns.Select(a => columns.Select(b => a.Zip(b, (x, y) => x * y).Sum()).ToArray())];
    }

    private static double[] Standardised(double[] values)
    {
        var mean = values.Average();
        var length = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)));
        return [.. values.Select(v => length > 1e-15 ? (v - mean) / length : 0)];
    }
}
