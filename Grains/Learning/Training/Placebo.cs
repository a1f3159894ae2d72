using Hts.DataSets;
using Hts.Models;
using Hts.Scores;
using Hts.Splits;

namespace Hts.Training;

/// <summary>
/// Trains the linear member on labels that features cannot know, along the same way as the real ones, and looks whether it seems to
/// know them on the test part. What is judged is the member's own part, before calibration, against labels about their means.
/// </summary>
internal static class Placebo
{
    // Ten days: parts for fitting and judging that both are much longer than the purge between them, and labels of a later day.
    private const int LeastSlots = 1500;

    /// <summary>
    /// Both placebos, and the same on the real labels, to see whether it is too good to be true. Where there are too few rows to fit and
    /// judge, a placebo has no t, and there is nothing on the real labels.
    /// </summary>
    public static (IReadOnlyList<PlaceboScore> Scores, LeakScore? Leak) Run(
        DataSet data, long purgeMs, int seed, TrainingOptions options, CancellationToken cancellation)
    {
        var rows = Latest(data, options.Placebo.MaxRows);
        // Real and shuffled labels have the same features in the same rows.
        var judged = TryJudge([data.Choose(rows), PlaceboData.Shuffled(data, rows, seed)], out var fitted);
        var leak = judged is [var real, _] ? LeakScore.Of(real, options.Placebo.LeakIc) : null;
        var slotsLater = options.Placebo.ShiftHours * 3_600_000L / data.Header.SlotMs;
        var later = TryJudge([PlaceboData.Shifted(data, rows, slotsLater * data.Header.SlotMs)], out var fittedLater);
        return (
            [
                PlaceboScore.Of(PlaceboScore.Shuffled, fitted, judged.LastOrDefault(), options.Placebo.FalseAlarmRate),
                PlaceboScore.Of(PlaceboScore.Shifted, fittedLater, later.LastOrDefault(), options.Placebo.FalseAlarmRate),
            ],
            leak);

        BlockedIc[] TryJudge(DataSet[] sets, out int trainRows)
        {
            var split = PurgedSplit.Make(sets[0].BaseTs, purgeMs, options.Split);
            trainRows = split.Train.Length;
            return trainRows < options.MinFitRows || split.Test.Length == 0 ? [] : Judge(sets, split, purgeMs, seed, options, cancellation);
        }
    }

    /// <summary>
    /// Fits on the training part and compares on the test part. Sets that differ in their labels alone are fitted together: what the
    /// features cost is paid once, and each comes out as it would alone.
    /// </summary>
    internal static BlockedIc[] Judge(
        IReadOnlyList<DataSet> sets, PurgedSplit split, long purgeMs, int seed, TrainingOptions options, CancellationToken cancellation)
    {
        var layout = new TargetLayout(sets[0].Header.Strategies);
        var scaler = Scaler.Fit(sets[0].Features, split.Train, sets[0].Header.EmbeddingColumns);
        LearningTask[] tasks = [.. sets.Select(Task)];
        var fitted = new RidgeLearner().Fit(
            tasks[0] with { Targets = Targets.Beside([.. tasks.Select(t => t.Targets)]) }, split.Train, split.Validation);
        return [.. tasks.Select((task, i) => Compare(task, fitted.Part(i * layout.OutputCount, layout.OutputCount), split.Test))];

        LearningTask Task(DataSet data)
        {
            var targets = Targets.Make(data, layout, split.Train, options.ClipShare);
            var cond = CondLearner.Fit(data, layout, targets, split.Train);
            return new(data, layout, targets.Less(cond, data, layout), scaler, purgeMs, seed, options, (_, _) => { }, cancellation);
        }
    }

    private static BlockedIc Compare(LearningTask task, Member member, int[] test)
    {
        var layout = task.Layout;
        var outputs = RawOutputs.Of(new CondTable(new double[2 * layout.OutputCount]), member, task, test);
        var ts = new long[test.Length];
        var forecasts = new double[test.Length * layout.GrossCount];
        var labels = new double[forecasts.Length];
        for (var i = 0; i < test.Length; i++)
        {
            ts[i] = task.Data.BaseTs[test[i]];
            outputs.Row(i)[..layout.GrossCount].CopyTo(forecasts.AsSpan(i * layout.GrossCount));
            task.Targets.Row(test[i])[..layout.GrossCount].CopyTo(labels.AsSpan(i * layout.GrossCount));
        }
        return BlockedIc.Of(ts, forecasts, labels, layout.GrossCount);
    }

    /// <summary>The rows of the latest instants, of a sample of the symbols where there are too many, in the order in which they stand.</summary>
    private static int[] Latest(DataSet data, int most)
    {
        var rows = SymbolSample.Rows(data, [.. Enumerable.Range(0, data.Count)], most, LeastSlots);
        if (rows.Length <= most)
            return rows;
        var instants = Array.ConvertAll(rows, row => data.BaseTs[row]);
        Array.Sort(instants);
        var from = instants[^most];
        return Array.FindAll(rows, row => data.BaseTs[row] >= from);
    }
}
