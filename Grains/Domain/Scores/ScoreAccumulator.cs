namespace Hts.Scores;

/// <summary>Adds up settled forecasts and gives their <see cref="Score"/>. Parts of a series may be added apart and merged.</summary>
public sealed class ScoreAccumulator
{
    private double squares;
    private double scaledSquares;
    private double scaledBaselineSquares;
    private double huber;
    private double bias;
    private long intervals;
    private long covered;
    private Correlation correlation;

    public long Count => correlation.Count;

    /// <exception cref="ArgumentException">A value is not finite or the scale not positive: such a forecast has no score.</exception>
    public void Add(in Scoring scoring)
    {
        if (!double.IsFinite(scoring.Outcome) || !double.IsFinite(scoring.Forecast) || !double.IsFinite(scoring.Baseline)
            || !double.IsFinite(scoring.Sigma) || scoring.Sigma <= 0)
            throw new ArgumentException($"Not to be scored: {scoring}.", nameof(scoring));

        var error = scoring.Outcome - scoring.Forecast;
        var scaled = error / scoring.Sigma;
        var scaledBaseline = (scoring.Outcome - scoring.Baseline) / scoring.Sigma;
        squares += error * error;
        scaledSquares += scaled * scaled;
        scaledBaselineSquares += scaledBaseline * scaledBaseline;
        huber += Huber.Loss(scaled);
        bias += error;
        correlation.Add(scoring.Forecast / scoring.Sigma, scoring.Outcome / scoring.Sigma);
        if (double.IsNaN(scoring.Lower) || double.IsNaN(scoring.Upper))
            return;
        intervals++;
        if (scoring.Outcome >= scoring.Lower && scoring.Outcome <= scoring.Upper)
            covered++;
    }

    public void Merge(ScoreAccumulator other)
    {
        squares += other.squares;
        scaledSquares += other.scaledSquares;
        scaledBaselineSquares += other.scaledBaselineSquares;
        huber += other.huber;
        bias += other.bias;
        intervals += other.intervals;
        covered += other.covered;
        correlation.Merge(other.correlation);
    }

    public Score ToScore() => new(
        Count,
        Mean(squares),
        Mean(huber),
        scaledBaselineSquares > 0 ? 1 - (scaledSquares / scaledBaselineSquares) : null,
        correlation.Value,
        Mean(bias),
        intervals,
        intervals > 0 ? (double)covered / intervals : null);

    private double? Mean(double sum) => Count > 0 ? sum / Count : null;
}
