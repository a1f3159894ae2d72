using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// What a live connection tells: a trade, or a heartbeat (<see cref="Symbol"/> is empty) that proves the connection healthy.
/// </summary>
/// <param name="Symbol">The trade's symbol; empty in a heartbeat.</param>
/// <param name="EventMs">
/// Exchange time. In a heartbeat: everything that the exchange had sent before this instant has been delivered,
/// so an interval that ended before it and had no trade was quiet, not lost.
/// </param>
public readonly record struct TradeEvent(string Symbol, Trade Trade, long EventMs)
{
    public bool IsHeartbeat => Symbol.Length == 0;

    public static TradeEvent Heartbeat(long eventMs) => new("", default, eventMs);
}
