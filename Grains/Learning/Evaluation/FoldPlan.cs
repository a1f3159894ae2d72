using System.Globalization;
using Hts.DataSets;
using Hts.Time;

namespace Hts.Evaluation;

/// <summary>When the walk trains and what it scores.</summary>
/// <param name="Folds">In order of time, without gaps; the first ones may lie before what is scored.</param>
/// <param name="ScoredFromTs">First instant of decision that is scored, a UTC day's beginning.</param>
internal sealed record FoldPlan(IReadOnlyList<Fold> Folds, long ScoredFromTs)
{
    public const long DayMs = 86_400_000;

    /// <exception cref="EvaluationException">The rows do not reach far enough; the message says how much is needed.</exception>
    public static FoldPlan Make(DataSet data, EvaluationOptions options)
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
            folds.Add(new Fold(from - (options.TrainingDelaySlots * data.Header.SlotMs), from, Math.Min(from + retrain, end)));
        return new FoldPlan(folds, scoredFrom);
    }
}
