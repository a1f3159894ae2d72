using System.Globalization;

namespace Hts.Strategies;

/// <summary>
/// Takes a fast move from the middle of a range wide enough to pay: long when sd(last 60 closes)/c ≥ 10 bp, the close's place in the
/// last 50 bars' range is in [.35, .65], |mom| &gt; 0.75·s·√15 and mom &gt; 0, until place &lt; .2 or &gt; .8 or mom ≤ 0; short mirrored.
/// </summary>
public sealed class ScalperStrategy() : ActiveStrategy("scalper", Timeframe)
{
    /// <summary>Seconds a bar.</summary>
    public const int Timeframe = 15;

    /// <summary>Least standard deviation of the closes as a fraction of price: one round trip at the default costs, and fixed like the rest.</summary>
    public const double MinDeviation = 0.0010;

    /// <summary>An entry's place in the range: at most this far from the middle.</summary>
    public const double EntryLow = 0.35, EntryHigh = 0.65;

    /// <summary>Places beyond which a position ends.</summary>
    public const double ExitLow = 0.2, ExitHigh = 0.8;

    /// <summary>Least momentum in standard deviations over its horizon.</summary>
    public const double Push = 0.75;

    private static readonly double PushFactor = Push * Math.Sqrt(TimeframeSeries.MomentumBars);

    public override string Parameters => string.Create(
        CultureInfo.InvariantCulture,
        $"scalper bars={TimeframeSeconds} sd={TimeframeSeries.SlowBars} min={MinDeviation} range={TimeframeSeries.RangeBars} entry={EntryLow}..{EntryHigh} exit={ExitLow}..{ExitHigh} push={Push}");

    public override sbyte Next(sbyte standing, TimeframeSeries series)
    {
        if (series.Count < TimeframeSeries.SlowBars)
            return standing;
        var momentum = series.Momentum;
        var place = series.RangePlace;
        if (Math.Abs(momentum) > PushFactor * series.Sigma
            && place is >= EntryLow and <= EntryHigh
            && series.CloseDeviation >= MinDeviation * series.Close)
        {
            return (sbyte)(momentum > 0 ? 1 : -1);
        }
        var ended = place is < ExitLow or > ExitHigh;
        return standing switch
        {
            > 0 when ended || momentum <= 0 => 0,
            < 0 when ended || momentum >= 0 => 0,
            _ => standing,
        };
    }

    /// <summary>Momentum over its threshold; an entry also needs the middle of a wide enough range.</summary>
    public override double Trigger(TimeframeSeries series) =>
        series.Count < TimeframeSeries.SlowBars ? 0 : InThresholds(series.Momentum, PushFactor * series.Sigma);
}
