namespace Hts.Strategies;

/// <summary>
/// A state machine on the closed bars of one timeframe: flat (0), long (1) or short (−1). An instance holds no state of its own and
/// serves any number of symbols: what stands is handed in, what is known of the market stands in the series.
/// </summary>
public abstract class ActiveStrategy(string name, int timeframeSeconds) : Strategy(name)
{
    /// <summary>Triggers are clipped to this many thresholds.</summary>
    public const double TriggerLimit = 8;

    /// <summary>Length of the bars it looks at; a grid with longer bars than this has it look at those.</summary>
    public int TimeframeSeconds { get; } = timeframeSeconds;

    /// <summary>The state after the series' newest bar. In one bar an entry overrides an exit.</summary>
    /// <param name="standing">The state before it.</param>
    public abstract sbyte Next(sbyte standing, TimeframeSeries series);

    /// <summary>
    /// Signed distance to the entry in units of the entry's threshold: an entry needs above 1 to go long, below −1 to go short, and
    /// says itself what else. Scale-free, always finite, within ±<see cref="TriggerLimit"/>, 0 while the series is too short.
    /// </summary>
    public abstract double Trigger(TimeframeSeries series);

    /// <summary>A quotient made safe: clipped, and 0 over a threshold of 0 unless something moved.</summary>
    protected static double InThresholds(double value, double threshold)
    {
        if (value == 0)
            return 0;
        return threshold > 0 ? Math.Clamp(value / threshold, -TriggerLimit, TriggerLimit) : Math.Sign(value) * TriggerLimit;
    }
}
