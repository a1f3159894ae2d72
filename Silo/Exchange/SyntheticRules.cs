namespace Hts.Exchange;

/// <summary>
/// How the synthetic market moves. Time goes in slots of ten minutes; the log price of a symbol in slot t changes by
/// <c>m + s·e</c>: s the volatility of its regime, e normal noise, partly common to all symbols, and m the part that can be foreseen:
/// <list type="bullet">
/// <item>trending: m = 0.15·s × the sign-keeping strength of the trend (the decayed mean of past moves in units of s, limited to ±1.5)</item>
/// <item>reverting: m = −0.15·s × the stretch (distance from the slow mean in units of s, limited to ±1.5)</item>
/// <item>calm and turbulent: m = 0</item>
/// <item>always a pull of a 2,000th of the distance to the home price, so that years do not lead astray.</item>
/// </list>
/// Over all regimes the foreseeable part has a correlation of about .09 with what comes: enough to be found in days, far from riches.
/// Within a slot the price is a Brownian bridge to the slot's end, so the move of the next ten minutes is all there is to know.
/// </summary>
internal static class SyntheticRules
{
    public const long SlotMs = 600_000;

    /// <summary>Part of the foreseeable move in units of volatility.</summary>
    public const double Foresight = 0.15;

    /// <summary>Most units that trend or stretch count.</summary>
    public const double Limit = 1.5;

    /// <summary>Weight of the newest move in the trend's strength.</summary>
    public const double TrendWeight = 0.25;

    /// <summary>Weight of the newest price in the slow mean.</summary>
    public const double MeanWeight = 0.1;

    /// <summary>Pull towards the home price a slot.</summary>
    public const double HomePull = 1.0 / 2000;

    /// <summary>Chance a slot that a regime ends: three hours on average.</summary>
    public const double RegimeEnds = 1.0 / 18;

    /// <summary>Standard deviation of a slot's log return before the symbol's scale: 22 to 55 basis points.</summary>
    public static double Volatility(Regime regime) => regime switch
    {
        Regime.Calm => 0.0022,
        Regime.Trending => 0.0036,
        Regime.Reverting => 0.0030,
        _ => 0.0055,
    };

    /// <summary>Trades a second before the symbol's scale.</summary>
    public static double TradesPerSecond(Regime regime) => regime switch
    {
        Regime.Calm => 0.4,
        Regime.Trending => 1.3,
        Regime.Reverting => 0.8,
        _ => 2.2,
    };
}
