using Hts.Models;
using Hts.Splits;

namespace Hts.Training;

/// <summary>
/// Linear member: for each target a penalty of the embeddings' block and one of the rest, chosen on the latest part of the training
/// rows, then fitted on all of them.
/// </summary>
internal sealed class RidgeLearner : Learner
{
    private const int MinInnerRows = 50;
    private readonly List<int> seen = [];
    private int[] columns = [];
    private int embeddingColumns;
    private Penalty[] chosen = [];
    private Moments? fitted;

    public override string Kind => MemberKinds.Ridge;

    /// <summary>What was chosen for each target.</summary>
    public IReadOnlyList<Penalty> Chosen => chosen;

    public override Ridge Fit(LearningTask task, ReadOnlySpan<int> train, ReadOnlySpan<int> validation)
    {
        columns = [.. Enumerable.Range(0, task.Scaler.Count).Where(c => task.Scaler.Inverse[c] != 0)];
        embeddingColumns = columns.Count(c => c < task.Data.Header.EmbeddingColumns);

        var inner = PurgedSplit.Inner(task.Data.BaseTs, train, task.PurgeMs, task.Options.Ridge.InnerShare);
        var fit = Gather(task, inner.Train);
        task.Report("ridge: moments", 0.4);
        var check = Gather(task, inner.Validation);
        chosen = inner.Train.Length < MinInnerRows || inner.Validation.Length < MinInnerRows
            ? [.. Enumerable.Repeat(Heaviest(task.Options.Ridge), task.Targets.Count)]
            : Choose(fit, check, task.Options.Ridge);
        task.Report("ridge: penalties", 0.7);

        fit.Merge(check);
        fit.Merge(Gather(task, Except(train, [.. inner.Train, .. inner.Validation])));
        fitted = fit;
        seen.AddRange(train);
        return Solve(task, fitted);
    }

    public override Ridge Refit(LearningTask task, ReadOnlySpan<int> rows)
    {
        if (fitted is null)
            throw new InvalidOperationException("Refit comes after Fit.");
        fitted.Merge(Gather(task, Except(rows, seen)));
        return Solve(task, fitted);
    }

    private static Penalty Heaviest(RidgeOptions options) => new(null, options.Penalties.Max());

    private static int[] Except(ReadOnlySpan<int> rows, IEnumerable<int> others)
    {
        var taken = others.ToHashSet();
        List<int> left = [];
        foreach (var row in rows)
            if (!taken.Contains(row))
                left.Add(row);
        return [.. left];
    }

    private Moments Gather(LearningTask task, ReadOnlySpan<int> rows)
    {
        var moments = new Moments(columns.Length, task.Targets.Count);
        var scaled = new float[task.Scaler.Count];
        foreach (var row in rows)
        {
            task.Scaler.Apply(task.Data.Features.Row(row), scaled);
            moments.Add(scaled, columns, task.Targets.Row(row));
        }
        task.Cancellation.ThrowIfCancellationRequested();
        return moments.Finish();
    }

    private Penalty[] Choose(Moments fit, Moments check, RidgeOptions options)
    {
        var best = new Penalty[fit.Targets];
        var least = new double[fit.Targets];
        Array.Fill(least, double.PositiveInfinity);
        var system = new BlockRidge(fit, embeddingColumns);
        double?[] embeddingPenalties = embeddingColumns == 0 ? [null] : [null, .. options.EmbeddingPenalties];
        foreach (var embedding in embeddingPenalties)
        {
            var eliminated = system.Eliminate(embedding);
            // Without other columns their penalty changes nothing.
            foreach (var other in embeddingColumns < fit.Inputs ? options.Penalties : options.Penalties[..1])
            {
                var (weights, intercepts) = eliminated.Solve(other);
                for (var t = 0; t < fit.Targets; t++)
                {
                    var error = Error(check, t, weights.AsSpan(t * fit.Inputs, fit.Inputs), intercepts[t]);
                    if (error < least[t])
                        (least[t], best[t]) = (error, new Penalty(embedding, other));
                }
            }
        }
        return best;
    }

    /// <summary>Σ(y − b − w·x)² from moments.</summary>
    private static double Error(Moments m, int t, ReadOnlySpan<double> w, double b)
    {
        double quadratic = 0;
        for (var i = 0; i < w.Length; i++)
            if (w[i] != 0)
                quadratic += w[i] * Cholesky.Dot(m.Products.AsSpan(i * m.Stride, w.Length), w);
        var sum = Cholesky.Dot(w, m.Sums.AsSpan(0, w.Length));
        var cross = Cholesky.Dot(w, m.Cross.AsSpan(t * m.Stride, w.Length));
        return m.TargetSquares[t] + (m.Count * b * b) + quadratic - (2 * b * m.TargetSums[t]) - (2 * cross) + (2 * b * sum);
    }

    private Ridge Solve(LearningTask task, Moments moments)
    {
        var features = task.Scaler.Count;
        var weights = new float[chosen.Length * features];
        var bias = new double[chosen.Length];
        var system = new BlockRidge(moments, embeddingColumns);
        foreach (var group in chosen.Select((penalty, t) => (penalty, t)).GroupBy(c => c.penalty.Embedding))
        {
            var eliminated = system.Eliminate(group.Key);
            foreach (var same in group.GroupBy(c => c.penalty.Other))
            {
                var (solved, intercepts) = eliminated.Solve(same.Key);
                foreach (var (_, t) in same)
                {
                    bias[t] = intercepts[t];
                    for (var c = 0; c < columns.Length; c++)
                        weights[(t * features) + columns[c]] = (float)solved[(t * columns.Length) + c];
                }
            }
        }
        return new Ridge(weights, bias);
    }

    /// <summary>Penalties per row; a missing one means that the embeddings are left out.</summary>
    internal readonly record struct Penalty(double? Embedding, double Other);
}
