namespace Hts.Trades;

/// <summary>One (aggregate) trade as an exchange reports it.</summary>
/// <param name="Id">Aggregate id, unique per symbol.</param>
/// <param name="FirstId">First single trade id within the aggregate; equal to <paramref name="Id"/> where an exchange does not aggregate.</param>
/// <param name="Ts">Execution time, Unix milliseconds UTC.</param>
/// <param name="Price">Quote units, positive.</param>
/// <param name="Quantity">Base units, positive.</param>
/// <param name="BuyerIsMaker">True when the taker sold.</param>
public readonly record struct Trade(long Id, long FirstId, long LastId, long Ts, double Price, double Quantity, bool BuyerIsMaker);
