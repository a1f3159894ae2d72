using System.Globalization;

namespace Hts.Strategies;

/// <summary>
/// Follows the crossing of two averages once it is wide for the market's volatility. With x = SMA20/SMA60 − 1 and b = 0.6·s·√20: long
/// when x &gt; b and momentum ≥ 0, until x &lt; b/2; short mirrored.
/// </summary>
public sealed class TrendStrategy() : ActiveStrategy("trend", Timeframe)
{
    /// <summary>Seconds a bar.</summary>
    public const int Timeframe = 60;

    /// <summary>Entry band b in units of the fast average's horizon: b = this · s · √20.</summary>
    public const double Band = 0.6;

    /// <summary>The exit's part of the entry band.</summary>
    public const double ExitPart = 0.5;

    private static readonly double BandFactor = Band * Math.Sqrt(TimeframeSeries.FastBars);

    public override string Parameters => string.Create(
        CultureInfo.InvariantCulture,
        $"trend bars={TimeframeSeconds} fast={TimeframeSeries.FastBars} slow={TimeframeSeries.SlowBars} band={Band} exit={ExitPart}");

    public override sbyte Next(sbyte standing, TimeframeSeries series)
    {
        var band = BandFactor * series.Sigma;
        // No volatility means that no price moved: x is 0 and neither entry nor exit holds, whatever its last digit says.
        if (series.Count < TimeframeSeries.SlowBars || band == 0)
            return standing;
        var x = series.SmaRatio;
        if (x > band && series.Momentum >= 0)
            return 1;
        if (x < -band && series.Momentum <= 0)
            return -1;
        return standing switch
        {
            > 0 when x < ExitPart * band => 0,
            < 0 when x > -ExitPart * band => 0,
            _ => standing,
        };
    }

    /// <summary>x / b; an entry also needs a momentum that does not point the other way.</summary>
    public override double Trigger(TimeframeSeries series)
    {
        var band = BandFactor * series.Sigma;
        return series.Count < TimeframeSeries.SlowBars || band == 0 ? 0 : InThresholds(series.SmaRatio, band);
    }
}
