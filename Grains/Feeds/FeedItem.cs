using Hts.Trades;

namespace Hts.Feeds;

/// <summary>What a symbol's worker is told, in order.</summary>
internal readonly record struct FeedItem(FeedItemKind Kind, Trade Trade, long EventMs)
{
    public static FeedItem Of(in TradeEvent e) =>
        e.IsHeartbeat ? new FeedItem(FeedItemKind.Heartbeat, default, e.EventMs) : new FeedItem(FeedItemKind.Trade, e.Trade, e.EventMs);

    public static FeedItem Connected { get; } = new(FeedItemKind.Connected, default, 0);
}
