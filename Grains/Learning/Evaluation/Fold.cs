using Hts.DataSets;
using Hts.Splits;
using Hts.Training;

namespace Hts.Evaluation;

/// <summary>One training of the walk and the slots its models serve. Times are Unix ms UTC.</summary>
/// <param name="TrainTs">Instant of the training: it knows outcomes that ended by then.</param>
/// <param name="FromTs">First instant of decision it serves.</param>
/// <param name="ToTs">End of what it serves: the next training's first.</param>
internal sealed record Fold(long TrainTs, long FromTs, long ToTs)
{
    /// <summary>
    /// The rows that a training knows: outcomes ended by its instant, features and outcome a purge before what it serves; the newest ones
    /// where there are more than it takes, of a sample of the symbols where there are too many of these.
    /// </summary>
    public DataSet Known(DataSet data, EvaluationOptions options, TrainingOptions training)
    {
        var untilTs = Math.Min(TrainTs - data.Header.SlotMs, FromTs - PurgedSplit.PurgeMs(data.Header.SlotMs, data.Header.OverlapMs));
        var to = data.RowAt(untilTs + 1);
        var from = data.RowAt(untilTs - (options.WindowDays * FoldPlan.DayMs));
        var rows = SymbolSample.Rows(data, TimeOrdered.Rows(from, to), training.MaxRows, TrainingOptions.LeastMs / data.Header.SlotMs);
        return data.Choose(rows[Math.Max(0, rows.Length - training.MaxRows)..]);
    }
}
