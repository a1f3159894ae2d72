using System.Globalization;

namespace Hts.Strategies;

/// <summary>Buys what fell too fast: long when RSI14 &lt; 20 until RSI ≥ 50; short when RSI &gt; 80 until ≤ 50.</summary>
public sealed class MeanRevertStrategy() : ActiveStrategy("mean_revert", Timeframe)
{
    /// <summary>Seconds a bar.</summary>
    public const int Timeframe = 30;

    /// <summary>Where the RSI of a market without direction stands, and where a position ends.</summary>
    public const double Middle = 50;

    /// <summary>Distance from the middle at which a position begins: below 20, above 80.</summary>
    public const double Reach = 30;

    public override string Parameters => string.Create(
        CultureInfo.InvariantCulture,
        $"mean_revert bars={TimeframeSeconds} rsi={TimeframeSeries.RsiBars} reach={Reach} exit={Middle}");

    public override sbyte Next(sbyte standing, TimeframeSeries series)
    {
        if (series.Count < TimeframeSeries.RsiBars)
            return standing;
        var rsi = series.Rsi;
        if (rsi < Middle - Reach)
            return 1;
        if (rsi > Middle + Reach)
            return -1;
        return standing switch
        {
            > 0 when rsi >= Middle => 0,
            < 0 when rsi <= Middle => 0,
            _ => standing,
        };
    }

    /// <summary>(50 − RSI) / 30: nothing else is needed for an entry.</summary>
    public override double Trigger(TimeframeSeries series) => InThresholds(Middle - series.Rsi, Reach);
}
