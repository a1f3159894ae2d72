namespace Hts.Bars;

/// <summary>One OHLCV bar over [<see cref="Ts"/>, <see cref="Ts"/> + bar length), named by its open time.</summary>
/// <param name="Ts">Open time, Unix milliseconds UTC, a multiple of the bar length.</param>
/// <param name="Open">Price of the first trade; all four prices are in quote units and positive.</param>
/// <param name="Volume">Traded quantity in base units, not negative.</param>
/// <param name="TakerBuyVolume">The part of <see cref="Volume"/> that takers bought.</param>
/// <param name="Trades">Number of trades; 0 marks a flat bar: a known quiet interval at the last close.</param>
/// <param name="LastTradeId">Highest trade id seen up to the bar's end; 0 when the source has no ids.</param>
public readonly record struct Bar(
    long Ts,
    double Open,
    double High,
    double Low,
    double Close,
    double Volume,
    double TakerBuyVolume,
    int Trades,
    long LastTradeId)
{
    /// <summary>The bar of an interval that had no trades: all prices at the last close, no volume.</summary>
    public static Bar Flat(long ts, double lastClose, long lastTradeId) =>
        new(ts, lastClose, lastClose, lastClose, lastClose, 0, 0, 0, lastTradeId);
}
