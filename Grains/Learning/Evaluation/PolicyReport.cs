using Hts.Scores;

namespace Hts.Evaluation;

/// <summary>Returns of the policies at one cost, with intervals, risk and curves.</summary>
internal sealed class PolicyReport
{
    private const double BasisPoint = 1e-4;
    private const int DaysOfYear = 365;

    private readonly Walk walk;
    private readonly EvaluationOptions options;
    private readonly DayBlockBootstrap bootstrap;
    private readonly PolicyTable table;
    private readonly double[] model;
    private readonly double traded;
    private readonly Dictionary<string, double[]> recipes;

    /// <param name="costBps">Cost of a fill, basis points.</param>
    /// <param name="served">The champion's forecasts.</param>
    public PolicyReport(string costBps, Walk walk, WalkDays days, RecipeForecasts served, EvaluationOptions options, DayBlockBootstrap bootstrap)
    {
        (CostBps, this.walk, this.options, this.bootstrap) = (costBps, walk, options, bootstrap);
        var cost = double.Parse(costBps, System.Globalization.CultureInfo.InvariantCulture) * BasisPoint;
        table = new PolicyTable(walk, days, cost, options.Selection, (ulong)options.Seed);
        model = table.Play(served, out traded);
        recipes = walk.Recipes.ToDictionary(r => r.Name, r => table.Play(r, out _), StringComparer.Ordinal);
    }

    public string CostBps { get; }

    public PolicyMeasures Measures()
    {
        var b = table.Baselines;
        return new PolicyMeasures(
            Of(model), Of(b[0]), Of(b[5]), Of(b[1]), Of(b[2]), Of(b[3]), Of(b[4]), Of(table.PlayHindsight()), Over(b[5]), Over(b[1]));
    }

    /// <summary>The selection rule on a recipe's forecasts.</summary>
    public Measure OfRecipe(string name) => Of(recipes[name]);

    /// <summary>The model's policy over some of the days.</summary>
    /// <param name="chosen">Whether a scored day belongs to them.</param>
    public Measure Of(Func<int, bool> chosen, DayBlockBootstrap own)
    {
        int[] kept = [.. Enumerable.Range(0, model.Length).Where(chosen)];
        return Of([.. kept.Select(d => model[d])], [.. kept.Select(d => table.Count[d])], own);
    }

    public RiskFacts Risk()
    {
        var returns = PerSymbol(model);
        // Honest trials: every recipe's policy of this run and what was tried on such data before.
        var ratios = recipes.Values.Select(r => DeflatedSharpe.Ratio(PerSymbol(r)) ?? 0).ToArray();
        var trials = ratios.Length + options.PriorTrials;
        var mean = ratios.Average();
        var variance = ratios.Sum(r => (r - mean) * (r - mean)) / Math.Max(1, ratios.Length - 1);
        return new RiskFacts(
            traded,
            Drawdown(returns) / BasisPoint,
            DeflatedSharpe.Ratio(returns) * Math.Sqrt(DaysOfYear),
            trials,
            returns.Length < DayBlockBootstrap.LeastDays ? null : DeflatedSharpe.Probability(returns, DeflatedSharpe.Expected(trials, variance)));
    }

    public IEnumerable<PolicyCurve> Curves()
    {
        yield return Curve("model", model);
        (string Name, int At)[] others = [("cash", 0), ("bestFixed", 1), ("followTheLeader", 2), ("followTheLeaderWithCash", 3), ("adaHedge", 4), ("random", 5)];
        foreach (var (name, at) in others)
            yield return Curve(name, table.Baselines[at]);
    }

    private Measure Over(double[] other) => Of([.. model.Zip(other, (a, b) => a - b)]);

    private Measure Of(double[] sums) => Of(sums, table.Count, bootstrap);

    private static Measure Of(double[] sums, double[] counts, DayBlockBootstrap own)
    {
        double[] points = [.. sums.Select(s => s / BasisPoint)];
        return Measure.Of(points.Sum() / counts.Sum(), own.Ratio(points, counts));
    }

    private PolicyCurve Curve(string name, double[] sums)
    {
        double total = 0;
        return new PolicyCurve(CostBps, name, [.. PerSymbol(sums).Select(r => total += r / BasisPoint)]);
    }

    private double[] PerSymbol(double[] sums) => [.. sums.Select(s => s / walk.Data.Symbols.Count)];

    private static double Drawdown(double[] returns)
    {
        double total = 0, high = 0, most = 0;
        foreach (var r in returns)
        {
            total += r;
            high = Math.Max(high, total);
            most = Math.Max(most, high - total);
        }
        return most;
    }
}
