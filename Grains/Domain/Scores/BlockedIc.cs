namespace Hts.Scores;

/// <summary>
/// Correlation of forecasts and outcomes with an error that allows for all that hangs together within a block of time: symbols in one
/// slot, strategies of one symbol, neighbouring slots. Blocks are UTC days where there are enough of them, else equal parts of the span.
/// </summary>
/// <param name="Value">Correlation over all columns, each about its own mean; null when a side does not vary.</param>
/// <param name="Error">Standard error of <paramref name="Value"/> from the spread of the blocks' sums.</param>
/// <param name="Blocks">Number of blocks with a row in them.</param>
/// <param name="Rows">Rows compared.</param>
public readonly record struct BlockedIc(double? Value, double? Error, int Blocks, int Rows)
{
    /// <summary>Days from which on a block is a day.</summary>
    public const int EnoughDays = 20;

    private const long DayMs = 86_400_000;

    /// <summary>Value over its error, to be held against Student's t with <see cref="Blocks"/> − 1 degrees of freedom.</summary>
    public double? T => Error > 0 ? Value / Error : null;

    /// <summary>Half the width of the two-sided interval of the given coverage.</summary>
    public double? HalfWidth(double coverage) =>
        Blocks > 1 ? Error * StudentT.Quantile((1 - coverage) / 2, Blocks - 1) : null;

    /// <summary>Compares row by row.</summary>
    /// <param name="ts">Instant of each row, Unix ms UTC.</param>
    /// <param name="forecasts">Rows × columns.</param>
    /// <param name="outcomes">Rows × columns.</param>
    public static BlockedIc Of(ReadOnlySpan<long> ts, ReadOnlySpan<double> forecasts, ReadOnlySpan<double> outcomes, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(forecasts.Length, ts.Length * columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, forecasts.Length);
        if (ts.IsEmpty)
            return new(null, null, 0, 0);
        var forecastMeans = Means(forecasts, columns);
        var outcomeMeans = Means(outcomes, columns);
        double forecastSquares = 0, outcomeSquares = 0, products = 0;
        Dictionary<long, double> blocks = [];
        var (first, length) = BlocksOf(ts);
        for (var row = 0; row < ts.Length; row++)
        {
            double own = 0;
            for (var c = 0; c < columns; c++)
            {
                var f = forecasts[(row * columns) + c] - forecastMeans[c];
                var y = outcomes[(row * columns) + c] - outcomeMeans[c];
                forecastSquares += f * f;
                outcomeSquares += y * y;
                own += f * y;
            }
            products += own;
            var block = (ts[row] - first) / length;
            blocks[block] = blocks.GetValueOrDefault(block) + own;
        }
        if (!(forecastSquares > 0) || !(outcomeSquares > 0))
            return new(null, null, blocks.Count, ts.Length);
        return Of(blocks.Values, products, Math.Sqrt(forecastSquares * outcomeSquares), ts.Length);
    }

    /// <summary>Compares pairs of one column that were added up by blocks.</summary>
    /// <param name="blocks">One a block, each with a pair in it.</param>
    public static BlockedIc Of(IReadOnlyCollection<PairSums> blocks)
    {
        var whole = blocks.Aggregate(default(PairSums), (a, b) => a + b);
        var (meanX, meanY) = (whole.X / whole.Count, whole.Y / whole.Count);
        var forecastSquares = whole.XX - (whole.X * meanX);
        var outcomeSquares = whole.YY - (whole.Y * meanY);
        // What is left of a constant series after rounding is no variation.
        return forecastSquares > 1e-12 * whole.XX && outcomeSquares > 1e-12 * whole.YY
            ? Of([.. blocks.Select(b => b.Products(meanX, meanY))], whole.Products(meanX, meanY), Math.Sqrt(forecastSquares * outcomeSquares), (int)whole.Count)
            : new(null, null, blocks.Count, (int)whole.Count);
    }

    private static BlockedIc Of(IReadOnlyCollection<double> blocks, double products, double norm, int rows)
    {
        var mean = products / blocks.Count;
        var spread = blocks.Sum(b => (b - mean) * (b - mean));
        double? error = blocks.Count > 1 ? Math.Sqrt(spread / (blocks.Count - 1) * blocks.Count) / norm : null;
        return new(products / norm, error, blocks.Count, rows);
    }

    private static (long First, long Length) BlocksOf(ReadOnlySpan<long> ts)
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (var t in ts)
            (first, last) = (Math.Min(first, t), Math.Max(last, t));
        var day = first - (first % DayMs);
        return last - day >= EnoughDays * DayMs ? (day, DayMs) : (first, Math.Max(1, ((last - first) / EnoughDays) + 1));
    }

    private static double[] Means(ReadOnlySpan<double> values, int columns)
    {
        var means = new double[columns];
        for (var i = 0; i < values.Length; i++)
            means[i % columns] += values[i];
        for (var c = 0; c < columns; c++)
            means[c] /= values.Length / columns;
        return means;
    }
}
