namespace Hts.Training;

/// <summary>
/// Linear fits with two penalties, one for the first columns and one for the rest. The first block is factored once per penalty and
/// eliminated (Schur complement), so that trying many penalties of the small second block costs next to nothing.
/// </summary>
internal sealed class BlockRidge
{
    private readonly double[] centred;
    private readonly double[] cross;
    private readonly double[] means;
    private readonly double[] targetMeans;
    private readonly Moments moments;
    private readonly int first;
    private readonly int second;

    /// <param name="moments">Finished moments of at least one row.</param>
    /// <param name="firstColumns">Columns of the first block.</param>
    public BlockRidge(Moments moments, int firstColumns)
    {
        this.moments = moments;
        first = firstColumns;
        second = moments.Inputs - firstColumns;
        var n = (double)moments.Count;
        means = [.. moments.Sums.Select(s => s / n)];
        targetMeans = [.. moments.TargetSums.Select(s => s / n)];
        centred = (double[])moments.Products.Clone();
        for (var i = 0; i < moments.Inputs; i++)
            Cholesky.AddScaled(centred.AsSpan(i * moments.Stride, moments.Stride), means, -moments.Sums[i]);
        cross = (double[])moments.Cross.Clone();
        for (var t = 0; t < moments.Targets; t++)
            Cholesky.AddScaled(cross.AsSpan(t * moments.Stride, moments.Stride), means, -moments.TargetSums[t]);
    }

    /// <summary>Eliminates the first block under a penalty per row; null leaves the block out.</summary>
    public Eliminated Eliminate(double? penalty)
    {
        var rest = new double[second * second];
        for (var i = 0; i < second; i++)
            Row(first + i).Slice(first, second).CopyTo(rest.AsSpan(i * second));
        if (penalty is null || first == 0)
            return new Eliminated(this, null, [], rest, []);

        var factor = Cholesky.Factor(centred, first, moments.Stride, penalty.Value * moments.Count);
        var between = new double[second * first];
        for (var j = 0; j < second; j++)
        {
            var column = between.AsSpan(j * first, first);
            Row(first + j)[..first].CopyTo(column);
            factor.Forward(column);
        }
        for (var i = 0; i < second; i++)
            for (var j = 0; j <= i; j++)
            {
                rest[(i * second) + j] -= Cholesky.Dot(between.AsSpan(i * first, first), between.AsSpan(j * first, first));
                rest[(j * second) + i] = rest[(i * second) + j];
            }
        var heads = new double[moments.Targets * first];
        for (var t = 0; t < moments.Targets; t++)
        {
            var head = heads.AsSpan(t * first, first);
            cross.AsSpan(t * moments.Stride, first).CopyTo(head);
            factor.Forward(head);
        }
        return new Eliminated(this, factor, between, rest, heads);
    }

    private ReadOnlySpan<double> Row(int i) => centred.AsSpan(i * moments.Stride, moments.Stride);

    /// <summary>A system whose first block is eliminated.</summary>
    /// <param name="heads">The first block's right sides, halfway solved, one a target.</param>
    internal sealed class Eliminated(BlockRidge owner, Cholesky? factor, double[] between, double[] rest, double[] heads)
    {
        /// <summary>Fits all targets: weights, targets × inputs, and an intercept each.</summary>
        /// <param name="penalty">Of the second block, per row.</param>
        public (double[] Weights, double[] Intercepts) Solve(double penalty)
        {
            int first = owner.first, second = owner.second, inputs = first + second, targets = owner.moments.Targets;
            var small = second == 0 ? null : Cholesky.Factor(rest, second, second, penalty * owner.moments.Count);
            var weights = new double[targets * inputs];
            var intercepts = new double[targets];
            for (var t = 0; t < targets; t++)
            {
                var right = owner.cross.AsSpan(t * owner.moments.Stride, inputs);
                var w = weights.AsSpan(t * inputs, inputs);
                var head = w[..first];
                var tail = w[first..];
                right[first..].CopyTo(tail);
                if (factor is not null)
                    for (var j = 0; j < second; j++)
                        tail[j] -= Cholesky.Dot(between.AsSpan(j * first, first), heads.AsSpan(t * first, first));
                small?.Forward(tail);
                small?.Backward(tail);
                if (factor is not null)
                {
                    heads.AsSpan(t * first, first).CopyTo(head);
                    for (var j = 0; j < second; j++)
                        Cholesky.AddScaled(head, between.AsSpan(j * first, first), -tail[j]);
                    factor.Backward(head);
                }
                intercepts[t] = owner.targetMeans[t] - Cholesky.Dot(w, owner.means.AsSpan(0, inputs));
            }
            return (weights, intercepts);
        }
    }
}
