namespace Hts.Exchange;

/// <summary>One symbol of the synthetic market.</summary>
/// <param name="Price">Where its price is at home, quote units.</param>
/// <param name="Decimals">Decimals of its prices.</param>
/// <param name="VolatilityScale">Multiplies the regime's volatility.</param>
/// <param name="TradesScale">Multiplies the regime's trades a second.</param>
/// <param name="MeanQuantity">Of one trade, base units.</param>
/// <param name="Beta">Share of the common factor in its noise, 0 to 1.</param>
internal sealed record SyntheticSymbol(
    string Name,
    double Price,
    int Decimals,
    double VolatilityScale,
    double TradesScale,
    double MeanQuantity,
    double Beta)
{
    public static IReadOnlyList<SyntheticSymbol> All { get; } =
    [
        new("BTCUSDT", 64_000, 2, 0.91, 1.30, 0.02, 0.75),
        new("ETHUSDT", 3_200, 2, 1.00, 1.00, 0.3, 0.70),
        new("SOLUSDT", 160, 2, 1.09, 0.80, 5, 0.60),
        new("BNBUSDT", 580, 2, 0.95, 0.60, 1, 0.55),
    ];
}
