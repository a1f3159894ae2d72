using System.Globalization;
using Hts.DataSets;
using Hts.Time;
using Hts.Training;

namespace Hts.Evaluation;

/// <summary>When the walk trains and what it scores.</summary>
/// <param name="Folds">
/// In order of time; the first ones may lie before what is scored. Time without rows has no fold, and where a training would know too
/// little, as behind a long gap, the models before it go on serving.
/// </param>
/// <param name="ScoredFromTs">First instant of decision that is scored, a UTC day's beginning.</param>
internal sealed record FoldPlan(IReadOnlyList<Fold> Folds, long ScoredFromTs)
{
    public const long DayMs = 86_400_000;

    /// <exception cref="EvaluationException">The rows do not reach far enough; the message says how much is needed.</exception>
    public static FoldPlan Make(DataSet data, EvaluationOptions options, TrainingOptions training)
    {
        if (data.Count == 0)
            throw new EvaluationException("No slot of the data has features and an outcome: there is not enough history for the warm-up.");
        var first = data.BaseTs[0];
        var end = data.BaseTs[^1] + data.Header.SlotMs;
        var scoredFrom = (first + (options.StartDays * DayMs) + DayMs - 1) / DayMs * DayMs;
        if (end - scoredFrom < DayMs)
            throw new EvaluationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Too little history: slots from {Timestamps.Iso(first)} to {Timestamps.Iso(end)}, {(end - first) / (double)DayMs:0.0} days; "
                + $"{options.StartDays + 2} are needed, {options.StartDays} of them to start with (--start-days)."));

        var retrain = options.RetrainDays * DayMs;
        var before = options.StartDays / 2 / options.RetrainDays;
        List<Fold> folds = [];
        for (var from = scoredFrom - (before * retrain); from < end; from += retrain)
        {
            var fold = new Fold(from - (options.TrainingDelaySlots * data.Header.SlotMs), from, Math.Min(from + retrain, end));
            if (data.RowAt(fold.FromTs) == data.RowAt(fold.ToTs))
                continue;
            if (CanTrain(fold.Known(data, options, training), training))
                folds.Add(fold);
            else if (folds.Count > 0)
                folds[^1] = folds[^1] with { ToTs = fold.ToTs };
        }
        if (folds.Count == 0)
            throw new EvaluationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Too little history: no training has the {training.MinRows} rows that are needed, of {data.Count} from {Timestamps.Iso(first)} to {Timestamps.Iso(end)}."));
        return new FoldPlan(folds, Math.Max(scoredFrom, folds[0].FromTs));
    }

    private static bool CanTrain(DataSet known, TrainingOptions training) =>
        known.Count >= training.MinRows && WalkForward.Cut(known, training).Train.Length > 0;
}
