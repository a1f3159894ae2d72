using System.Globalization;

namespace Hts.Strategies;

/// <summary>
/// Goes with a close beyond the range of the 50 bars before. With H and L their highest high and lowest low: long when
/// c &gt; H + 1.25·s·c, until c &lt; (H+L)/2; short mirrored at L.
/// </summary>
public sealed class BreakoutStrategy() : ActiveStrategy("breakout", Timeframe)
{
    /// <summary>Seconds a bar.</summary>
    public const int Timeframe = 15;

    /// <summary>How far beyond the range a close must be, in standard deviations of one bar.</summary>
    public const double Margin = 1.25;

    public override string Parameters => string.Create(
        CultureInfo.InvariantCulture,
        $"breakout bars={TimeframeSeconds} range={TimeframeSeries.RangeBars} margin={Margin}");

    public override sbyte Next(sbyte standing, TimeframeSeries series)
    {
        if (series.Count < TimeframeSeries.SigmaMinBars)
            return standing;
        var close = series.Close;
        var margin = Margin * series.Sigma * close;
        if (close > series.PriorHigh + margin)
            return 1;
        if (close < series.PriorLow - margin)
            return -1;
        var middle = (series.PriorHigh + series.PriorLow) / 2;
        return standing switch
        {
            > 0 when close < middle => 0,
            < 0 when close > middle => 0,
            _ => standing,
        };
    }

    /// <summary>Distance of the close from the range's middle over half the range plus the margin: nothing else is needed for an entry.</summary>
    public override double Trigger(TimeframeSeries series)
    {
        if (series.Count < TimeframeSeries.SigmaMinBars)
            return 0;
        var close = series.Close;
        var half = ((series.PriorHigh - series.PriorLow) / 2) + (Margin * series.Sigma * close);
        return InThresholds(close - ((series.PriorHigh + series.PriorLow) / 2), half);
    }
}
