namespace Hts.Scores;

/// <summary>
/// Whether direction was forecast too well to be true: at ten minutes a gross IC above .10 is a leak until proven otherwise.
/// </summary>
/// <param name="TestRows">Rows judged on.</param>
/// <param name="Blocks">Blocks of time that the error rests on.</param>
/// <param name="GrossIc">Correlation of the linear member's forecast and the label, gross in σ units; null when there is nothing to compare.</param>
/// <param name="AtLeast">Lower end of its one-sided 99 % interval.</param>
/// <param name="Limit">What that may not exceed.</param>
/// <param name="Suspicious">True when it does.</param>
public sealed record LeakScore(int TestRows, int Blocks, double? GrossIc, double? AtLeast, double Limit, bool Suspicious)
{
    private const double Miss = 0.01;

    public static LeakScore Of(BlockedIc ic, double limit)
    {
        double? atLeast = ic.Blocks > 1 ? ic.Value - (ic.Error * StudentT.Quantile(Miss, ic.Blocks - 1)) : null;
        return new(ic.Rows, ic.Blocks, ic.Value, atLeast, limit, atLeast > limit);
    }
}
