using Hts.Trades;

namespace Hts.Feeds;

/// <summary>What a live connection tells, in order.</summary>
/// <param name="Symbol">Of a trade and of a subscription; empty otherwise.</param>
/// <param name="EventMs">
/// Exchange time. In a heartbeat: everything that the exchange had sent before this instant has been delivered,
/// so an interval that ended before it and had no trade was quiet, not lost.
/// </param>
public readonly record struct TradeEvent(TradeEventKind Kind, string Symbol, Trade Trade, long EventMs)
{
    public bool IsHeartbeat => Kind == TradeEventKind.Heartbeat;

    public static TradeEvent Of(string symbol, in Trade trade, long eventMs) => new(TradeEventKind.Trade, symbol, trade, eventMs);

    public static TradeEvent Heartbeat(long eventMs) => new(TradeEventKind.Heartbeat, "", default, eventMs);

    public static TradeEvent Subscribed(string symbol) => new(TradeEventKind.Subscribed, symbol, default, 0);

    public static TradeEvent Lost { get; } = new(TradeEventKind.Lost, "", default, 0);

    public static TradeEvent Doubt { get; } = new(TradeEventKind.Doubt, "", default, 0);
}
