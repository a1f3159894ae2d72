using Hts.Models;

namespace Hts.Training;

/// <summary>
/// Perceptron member: Adam on the mean squared error of standardised targets, stopped when the validation loss no longer falls, the
/// best weights kept. All randomness is our own and seeded, so equal data and seed give equal bits.
/// </summary>
internal sealed class MlpLearner : Learner
{
    private static readonly Lazy<bool> Prepared = new(Warm);
    private Mlp? best;

    public override string Kind => MemberKinds.Mlp;

    /// <summary>Validation loss of each epoch.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Lowest of <see cref="Losses"/>: that of the weights kept.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>
    /// Loads libtorch and takes one step of a net of no meaning, so that loading and compiling happen while the data set is read; on small
    /// data they are a good part of the whole.
    /// </summary>
    public static void Prepare() => _ = Prepared.Value;

    public override Member Fit(LearningTask task, ReadOnlySpan<int> train, ReadOnlySpan<int> validation)
    {
        var options = task.Options.Mlp;
        var random = new SplitMix((ulong)task.Seed);
        var (mean, scale) = Standardise(task.Targets, train);
        int[] sizes = [task.Scaler.Count, .. options.Hidden, task.Layout.OutputCount];
        using var net = new MlpNet(sizes, options, random);
        var rows = new MlpRows(task, mean, scale);
        var order = train.ToArray();
        var stale = 0;
        for (var epoch = 0; epoch < options.MaxEpochs && stale < options.Patience; epoch++)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            for (var at = 0; at < order.Length; at += options.BatchRows)
                net.Step(rows, order.AsSpan(at, Math.Min(options.BatchRows, order.Length - at)));
            var loss = net.Loss(rows, validation);
            Losses.Add(loss);
            stale++;
            if (loss < BestLoss)
            {
                BestLoss = loss;
                best = new Mlp(net.Layers(), mean, scale);
                stale = 0;
            }
            task.Report($"mlp: epoch {epoch + 1}, validation loss {loss:0.0000}", Math.Min(1, (double)(epoch + 1) / options.MaxEpochs));
        }
        return best ?? throw new ArithmeticException("The perceptron's validation loss was never finite.");
    }

    public override bool Resume(Member fitted)
    {
        best = fitted as Mlp;
        return best is not null;
    }

    public override Member Refit(LearningTask task, ReadOnlySpan<int> rows) => best ?? throw new InvalidOperationException("Refit comes after Fit.");

    private static bool Warm()
    {
        int[] rows = [0, 1];
        using var net = new MlpNet([1, 1, 1], new MlpOptions { BatchRows = rows.Length }, new SplitMix(0));
        net.Step(new NoRows(), rows);
        return double.IsFinite(net.Loss(new NoRows(), rows));
    }

    private static (double[] Mean, double[] Scale) Standardise(Targets targets, ReadOnlySpan<int> rows)
    {
        var mean = new double[targets.Count];
        var scale = new double[targets.Count];
        foreach (var row in rows)
            for (var t = 0; t < mean.Length; t++)
                mean[t] += targets.Row(row)[t] / rows.Length;
        foreach (var row in rows)
            for (var t = 0; t < mean.Length; t++)
            {
                var d = targets.Row(row)[t] - mean[t];
                scale[t] += d * d / rows.Length;
            }
        for (var t = 0; t < scale.Length; t++)
            scale[t] = scale[t] > 1e-18 ? Math.Sqrt(scale[t]) : 1;
        return (mean, scale);
    }

    private sealed class NoRows : IMlpRows
    {
        public void Gather(ReadOnlySpan<int> rows, Span<float> inputs, Span<float> targets)
        {
            // The buffers hold zeros already.
        }
    }
}
