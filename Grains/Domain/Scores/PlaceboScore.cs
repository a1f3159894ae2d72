namespace Hts.Scores;

/// <summary>
/// How a model did that cannot know anything. Skill here means that the way of training or judging leaks, so that no other score of the
/// same run can be believed.
/// </summary>
/// <param name="Name">One of <see cref="Shuffled"/> and <see cref="Shifted"/>.</param>
/// <param name="TrainRows">Rows fitted on.</param>
/// <param name="TestRows">Rows judged on.</param>
/// <param name="Blocks">Blocks of time that the error rests on.</param>
/// <param name="GrossIc">Correlation of forecast and label, gross in σ units; null when there is nothing to compare.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
/// <param name="T">IC over its error.</param>
/// <param name="Limit">Value of <paramref name="T"/> above which it counts as skilful.</param>
/// <param name="FalseAlarmRate">Share of sound trainings in which a placebo exceeds the limit by chance.</param>
/// <param name="Skilful">True when it does.</param>
public sealed record PlaceboScore(
    string Name,
    int TrainRows,
    int TestRows,
    int Blocks,
    double? GrossIc,
    double? Low,
    double? High,
    double? T,
    double? Limit,
    double FalseAlarmRate,
    bool Skilful)
{
    /// <summary>Labels dealt out anew among the slots.</summary>
    public const string Shuffled = "shuffled labels";

    /// <summary>Labels of a slot more than a day later.</summary>
    public const string Shifted = "labels of a later day";

    /// <summary>Judges a correlation that should be nought.</summary>
    public static PlaceboScore Of(string name, int trainRows, BlockedIc ic, double falseAlarmRate)
    {
        double? limit = ic.Blocks > 1 ? StudentT.Quantile(falseAlarmRate, ic.Blocks - 1) : null;
        var half = ic.HalfWidth(0.95);
        return new(
            name, trainRows, ic.Rows, ic.Blocks, ic.Value, ic.Value - half, ic.Value + half, ic.T, limit, falseAlarmRate,
            Skilful: ic.T is { } t && t > limit);
    }
}
