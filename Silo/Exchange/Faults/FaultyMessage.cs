using Hts.Trades;

namespace Hts.Exchange.Faults;

/// <summary>A message that goes out where a trade was due: a trade of a stream, or any text.</summary>
internal readonly record struct FaultyMessage(TradeStream? Stream, Trade Trade, string? Text);
