using System.Runtime.CompilerServices;
using Hts.Feeds;

namespace Hts.Tests.Exchange;

/// <summary>Reads one connection's trades and heartbeats until its planned end.</summary>
internal static class ExchangeReading
{
    public static async IAsyncEnumerable<TradeEvent> Trades(
        this BinanceExchange client, IReadOnlyCollection<string> symbols, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await client.Connect(symbols, cancellation);
        while (await stream.Next(cancellation) is { } next)
        {
            if (next.Kind is TradeEventKind.Trade or TradeEventKind.Heartbeat)
                yield return next;
        }
    }
}
