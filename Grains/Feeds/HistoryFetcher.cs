using System.Runtime.CompilerServices;
using Hts.Bars;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>Fetches what a symbol's stored market lacks, oldest first, in pages.</summary>
public sealed class HistoryFetcher(IExchange exchange, Grid grid)
{
    private const int Page = 1_000;
    private const long SecondMs = 1_000;

    /// <summary>Closed bars with open time in [fromTs, toTs), folded from one-second klines.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Bar>> Bars(
        string symbol, long fromTs, long toTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folder = new KlineFolder(grid);
        for (var start = fromTs; start < toTs;)
        {
            var seconds = await exchange.Klines1s(symbol, start, toTs - 1, Page, cancellation);
            if (seconds.Count == 0)
                yield break;
            var bars = new List<Bar>();
            foreach (var second in seconds)
            {
                if (folder.Add(second, out var bar))
                    bars.Add(bar);
            }
            start = seconds[^1].Ts + SecondMs;
            if (bars.Count > 0)
                yield return bars;
        }
    }

    /// <summary>Trades from an id on until the exchange has no more.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Trade>> TradesFrom(
        string symbol, long fromId, Urgency urgency, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var page = await exchange.AggTrades(symbol, fromId, Page, urgency, cancellation);
            if (page.Count == 0)
                yield break;
            yield return page;
            if (page.Count < Page)
                yield break;
            fromId = page[^1].Id + 1;
        }
    }

    /// <summary>Id of the first trade at or after an instant; null when there is none yet.</summary>
    public async Task<long?> FirstIdAt(string symbol, long ts, long nowMs, CancellationToken cancellation)
    {
        var trades = await exchange.AggTradesByTime(symbol, ts, Math.Max(ts, nowMs), cancellation);
        return trades.Count == 0 ? null : trades[0].Id;
    }
}
