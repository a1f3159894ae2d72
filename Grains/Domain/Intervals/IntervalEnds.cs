namespace Hts.Intervals;

/// <summary>Ends of an interval around a forecast, in σ units: the outcome lies within forecast + σ·[Lower, Upper], ends included.</summary>
public readonly record struct IntervalEnds(double Lower, double Upper)
{
    /// <param name="residual">(Outcome − forecast) / σ.</param>
    public bool Hold(double residual) => residual >= Lower && residual <= Upper;
}
