namespace Hts.Evaluation;

/// <summary>
/// Forecasts of one recipe (a member, the average, <c>cond</c> or a baseline) for all rows of the walk, each made by the training that
/// served then. Arrays are rows × strategies, returns are fractions.
/// </summary>
internal sealed class RecipeForecasts(string name, int rows, int strategies)
{
    public string Name { get; } = name;

    public int Strategies { get; } = strategies;

    public double[] Gross { get; } = new double[rows * strategies];

    public double[] Sides { get; } = new double[rows * strategies];

    /// <summary>At the strategies' own cost.</summary>
    public double[] Net { get; } = new double[rows * strategies];

    /// <summary>Lower end of the model's own interval of net; NaN where it gives none.</summary>
    public double[] Lower { get; } = new double[rows * strategies];

    /// <summary>Upper end of it.</summary>
    public double[] Upper { get; } = new double[rows * strategies];

    /// <summary>How unlike its training each row is to the model, one a row; above 1 nothing is chosen.</summary>
    public double[] Novelty { get; } = new double[rows];

    public ReadOnlySpan<double> GrossOf(int row) => Gross.AsSpan(row * Strategies, Strategies);

    public ReadOnlySpan<double> SidesOf(int row) => Sides.AsSpan(row * Strategies, Strategies);

    public ReadOnlySpan<double> NetOf(int row) => Net.AsSpan(row * Strategies, Strategies);

    /// <summary>Takes the row of another recipe.</summary>
    public void CopyRow(int row, RecipeForecasts from)
    {
        Novelty[row] = from.Novelty[row];
        from.GrossOf(row).CopyTo(Gross.AsSpan(row * Strategies));
        from.SidesOf(row).CopyTo(Sides.AsSpan(row * Strategies));
        from.NetOf(row).CopyTo(Net.AsSpan(row * Strategies));
        from.Lower.AsSpan(row * Strategies, Strategies).CopyTo(Lower.AsSpan(row * Strategies));
        from.Upper.AsSpan(row * Strategies, Strategies).CopyTo(Upper.AsSpan(row * Strategies));
    }
}
