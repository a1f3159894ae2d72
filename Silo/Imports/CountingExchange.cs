using Hts.Bars;
using Hts.Feeds;
using Hts.Trades;

namespace Hts.Imports;

/// <summary>Counts the request weight that a back-fill uses.</summary>
internal sealed class CountingExchange(IExchange inner) : IExchange
{
    private const int KlinesWeight = 2;
    private const int TradesWeight = 4;
    private const int SymbolsWeight = 20;
    private const int TimeWeight = 1;

    public string Name => inner.Name;

    public long Weight { get; private set; }

    public Task<IExchangeStream> Connect(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken) =>
        inner.Connect(symbols, cancellationToken);

    public Task<IReadOnlyList<Trade>> AggTrades(string symbol, long fromId, int limit, Urgency urgency, CancellationToken cancellationToken) =>
        Count(TradesWeight, inner.AggTrades(symbol, fromId, limit, urgency, cancellationToken));

    public Task<IReadOnlyList<Trade>> AggTradesByTime(string symbol, long startMs, long endMs, CancellationToken cancellationToken) =>
        Count(TradesWeight, inner.AggTradesByTime(symbol, startMs, endMs, cancellationToken));

    public Task<IReadOnlyList<Bar>> Klines1s(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken) =>
        Count(KlinesWeight, inner.Klines1s(symbol, startMs, endMs, limit, cancellationToken));

    public Task<IReadOnlyList<ExchangeSymbol>> Symbols(CancellationToken cancellationToken) =>
        Count(SymbolsWeight, inner.Symbols(cancellationToken));

    public Task<long> ServerTime(CancellationToken cancellationToken) => Count(TimeWeight, inner.ServerTime(cancellationToken));

    private Task<T> Count<T>(int weight, Task<T> call)
    {
        Weight += weight;
        return call;
    }
}
