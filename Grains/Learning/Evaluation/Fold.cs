namespace Hts.Evaluation;

/// <summary>One training of the walk and the slots its models serve. Times are Unix ms UTC.</summary>
/// <param name="TrainTs">Instant of the training: it knows outcomes that ended by then.</param>
/// <param name="FromTs">First instant of decision it serves.</param>
/// <param name="ToTs">End of what it serves: the next training's first.</param>
internal sealed record Fold(long TrainTs, long FromTs, long ToTs);
