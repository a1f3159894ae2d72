using Hts.DataSets;

namespace Hts.Evaluation;

/// <summary>The sums of <see cref="SkillSums"/> of one recipe for every scored day, symbol and strategy.</summary>
internal sealed class SkillTable
{
    private readonly double[] sums;
    private readonly int symbols;
    private readonly int strategies;

    /// <param name="days">Number of each row's day; negative: not scored.</param>
    public SkillTable(Walk walk, RecipeForecasts forecasts, int[] days)
    {
        Days = days.Max() + 1;
        symbols = walk.Data.Symbols.Count;
        strategies = walk.Layout.StrategyCount;
        sums = new double[Days * symbols * strategies * SkillSums.Width];
        var mean = walk[Recipes.Mean];
        var cond = walk[Models.MemberKinds.Cond];
        for (var row = 0; row < walk.Data.Count; row++)
        {
            if (days[row] < 0)
                continue;
            for (var s = 0; s < strategies; s++)
                Add(walk.Data, row, s, forecasts, mean, cond, At(days[row], walk.Data.Symbol[row], s));
        }
    }

    private SkillTable(double[] sums, int days, int symbols, int strategies) =>
        (this.sums, Days, this.symbols, this.strategies) = (sums, days, symbols, strategies);

    public int Days { get; }

    /// <summary>The chosen days alone.</summary>
    public SkillTable OfDays(int[] days)
    {
        var width = symbols * strategies * SkillSums.Width;
        var chosen = new double[days.Length * width];
        for (var i = 0; i < days.Length; i++)
            sums.AsSpan(days[i] * width, width).CopyTo(chosen.AsSpan(i * width));
        return new SkillTable(chosen, days.Length, symbols, strategies);
    }

    /// <summary>Sums of one day, added up over the chosen symbols; strategies × <see cref="SkillSums.Width"/>.</summary>
    public double[] OfDay(int day, IEnumerable<int> chosen)
    {
        var result = new double[strategies * SkillSums.Width];
        foreach (var symbol in chosen)
            SkillSums.Add(sums.AsSpan(((day * symbols) + symbol) * result.Length, result.Length), 1, result);
        return result;
    }

    private Span<double> At(int day, int symbol, int strategy) =>
        sums.AsSpan(((((day * symbols) + symbol) * strategies) + strategy) * SkillSums.Width, SkillSums.Width);

    private static void Add(
        DataSet data, int row, int s, RecipeForecasts forecasts, RecipeForecasts mean, RecipeForecasts cond, Span<double> into)
    {
        var sigma = data.Sigma(row);
        var at = (row * forecasts.Strategies) + s;
        var gross = data.Gross(row)[s];
        var net = data.Net(row, s);
        var x = forecasts.Gross[at] / sigma;
        var y = gross / sigma;
        into[SkillSums.Count]++;
        into[SkillSums.X] += x;
        into[SkillSums.Y] += y;
        into[SkillSums.XX] += x * x;
        into[SkillSums.YY] += y * y;
        into[SkillSums.XY] += x * y;
        into[SkillSums.GrossError] += Square((gross - forecasts.Gross[at]) / sigma);
        into[SkillSums.GrossBase] += Square((gross - mean.Gross[at]) / sigma);
        into[SkillSums.SidesError] += Square(data.Sides(row)[s] - forecasts.Sides[at]);
        into[SkillSums.SidesBase] += Square(data.Sides(row)[s] - mean.Sides[at]);
        into[SkillSums.NetError] += Square((net - forecasts.Net[at]) / sigma);
        into[SkillSums.NetMean] += Square((net - mean.Net[at]) / sigma);
        into[SkillSums.NetCond] += Square((net - cond.Net[at]) / sigma);
    }

    private static double Square(double value) => value * value;
}
