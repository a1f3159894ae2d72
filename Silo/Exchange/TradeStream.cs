namespace Hts.Exchange;

/// <summary>A subscribed stream of trades.</summary>
internal sealed record TradeStream(string Name, TradeStreamKind Kind, TradeCursor Cursor);
