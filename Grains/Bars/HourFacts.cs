namespace Hts.Bars;

/// <summary>What is stored of one hour of a symbol.</summary>
/// <param name="HourTs">Start of the hour, Unix ms.</param>
/// <param name="Flat">Known quiet intervals among <paramref name="Bars"/>.</param>
/// <param name="Revised">Bars that late trades changed.</param>
/// <param name="Backfilled">Bars that were fetched or imported later.</param>
/// <param name="Lag">Null when no bar was received live, or only the roll-up of the hour is left.</param>
public sealed record HourFacts(long HourTs, int Bars, int Flat, int Revised, int Backfilled, LagFacts? Lag);
