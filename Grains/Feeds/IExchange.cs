using Hts.Bars;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// A spot exchange's public market data. Times are Unix milliseconds UTC; symbols are the exchange's own upper-case names.
/// Every call throws <see cref="ExchangeException"/> when the exchange refuses or cannot be reached.
/// </summary>
public interface IExchange
{
    string Name { get; }

    /// <summary>
    /// One live connection for all <paramref name="symbols"/>. What happened before a symbol's subscription is not replayed; fetch it by id.
    /// </summary>
    Task<IExchangeStream> Connect(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken);

    /// <summary>Trades from <paramref name="fromId"/> (inclusive) on, rising ids, at most <paramref name="limit"/> (up to 1,000).</summary>
    Task<IReadOnlyList<Trade>> AggTrades(string symbol, long fromId, int limit, Urgency urgency, CancellationToken cancellationToken);

    /// <summary>The first at most 1,000 trades executed in [<paramref name="startMs"/>, <paramref name="endMs"/>], both inclusive.</summary>
    Task<IReadOnlyList<Trade>> AggTradesByTime(string symbol, long startMs, long endMs, CancellationToken cancellationToken);

    /// <summary>
    /// Closed one-second bars with open time in [<paramref name="startMs"/>, <paramref name="endMs"/>], at most <paramref name="limit"/>
    /// (up to 1,000). Seconds without trades have a bar with no volume; <see cref="Bar.LastTradeId"/> is 0. Always in the background.
    /// </summary>
    Task<IReadOnlyList<Bar>> Klines1s(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken);

    Task<IReadOnlyList<ExchangeSymbol>> Symbols(CancellationToken cancellationToken);

    Task<long> ServerTime(CancellationToken cancellationToken);
}
