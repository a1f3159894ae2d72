namespace Hts.Exchange;

/// <summary>What is fixed about one symbol's slot before its trades are made.</summary>
/// <param name="FirstId">Id of its first trade.</param>
/// <param name="Trades">Number of its trades.</param>
/// <param name="LogPrice">At its beginning.</param>
/// <param name="Expected">The foreseeable part of its log return.</param>
/// <param name="LogReturn">From its beginning to its end.</param>
/// <param name="Volatility">Standard deviation of its log return around the foreseeable part.</param>
internal readonly record struct SyntheticSlot(
    long FirstId,
    int Trades,
    double LogPrice,
    double Expected,
    double LogReturn,
    double Volatility,
    Regime Regime);
