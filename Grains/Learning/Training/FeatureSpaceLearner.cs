using Hts.DataSets;
using Hts.Models;

namespace Hts.Training;

/// <summary>Fits the <see cref="FeatureSpace"/> of a training: directions on its training rows, the limit on those and the validation rows.</summary>
internal static class FeatureSpaceLearner
{
    // Least variance of a direction, scaled features having 1: below it lies rounding.
    private const double LeastVariance = 1e-4;

    /// <returns>Null when there is no feature beside the embeddings or too little to tell directions by.</returns>
    public static FeatureSpace? Fit(
        DataSet data, Scaler scaler, ReadOnlySpan<int> train, ReadOnlySpan<int> validation, FeatureSpaceOptions options)
    {
        var columns = data.Header.FeatureCount - data.Header.EmbeddingColumns;
        if (columns == 0 || train.Length <= 2 * columns)
            return null;
        var (values, vectors) = SymmetricEigen.Of(SecondMoments(data, scaler, train, columns));
        // At least one column is left outside the directions, or there would be no rest to measure.
        var count = Math.Max(1, Math.Min(options.Directions, columns - 1));
        var rest = values.Skip(count).Sum() / Math.Max(1, columns - count);
        double[] precisions = [.. values.Take(count).Append(rest).Select(v => 1 / Math.Max(v, LeastVariance))];
        float[] directions = [.. vectors.Take(count).SelectMany(v => v).Select(x => (float)x)];
        var unlimited = new FeatureSpace(directions, precisions, 1);
        var limit = Math.Max(
            Limit(unlimited, data, scaler, train, options.Share), Limit(unlimited, data, scaler, validation, options.Share));
        return limit > 0 ? new FeatureSpace(directions, precisions, limit) : null;
    }

    /// <summary>Mean of z·zᵀ; the mean of z is nought by scaling.</summary>
    private static double[][] SecondMoments(DataSet data, Scaler scaler, ReadOnlySpan<int> rows, int columns)
    {
        int[] all = [.. Enumerable.Range(scaler.Count - columns, columns)];
        var moments = new Moments(columns, 1);
        var scaled = new float[scaler.Count];
        foreach (var row in rows)
        {
            scaler.Apply(data.Features.Row(row), scaled);
            moments.Add(scaled, all, [0]);
        }
        moments.Finish();
        double[][] matrix = [.. all.Select((_, i) => moments.Products.AsSpan(i * moments.Stride, columns).ToArray())];
        foreach (var line in matrix)
            for (var c = 0; c < columns; c++)
                line[c] /= rows.Length;
        return matrix;
    }

    private static double Limit(FeatureSpace space, DataSet data, Scaler scaler, ReadOnlySpan<int> rows, double share)
    {
        if (rows.IsEmpty)
            return 0;
        var scaled = new float[scaler.Count];
        var distances = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            scaler.Apply(data.Features.Row(rows[i]), scaled);
            distances[i] = space.Distance(scaled);
        }
        Array.Sort(distances);
        return Quantiles.Of(distances, share);
    }
}
