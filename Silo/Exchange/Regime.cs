namespace Hts.Exchange;

/// <summary>The weather of a synthetic symbol.</summary>
internal enum Regime
{
    Calm,
    Trending,
    Reverting,
    Turbulent,
}
