using System.Globalization;
using System.Runtime.CompilerServices;
using Hts.Bars;
using Hts.Time;
using Hts.Trades;
using Microsoft.Extensions.Options;

namespace Hts.Feeds;

/// <summary>Binance's public spot market data, or any server that speaks its protocol.</summary>
internal sealed class BinanceExchange : IExchange
{
    private const int TradesWeight = 4;
    private const int KlinesWeight = 2;
    private const int SymbolsWeight = 20;
    private const int TimeWeight = 1;
    private const int MostRows = 1000;

    private readonly BinanceRest rest;
    private readonly MarketClock clock;
    private readonly TimeProvider real;
    private readonly FeedOptions options;
    private readonly ILogger<BinanceStream> log;
    private readonly ServerClock serverClock;

    public BinanceExchange(
        BinanceRest rest,
        MarketClock clock,
        TimeProvider real,
        IOptions<FeedOptions> options,
        ILogger<BinanceStream> log)
    {
        this.rest = rest;
        this.clock = clock;
        this.real = real;
        this.options = options.Value;
        this.log = log;
        serverClock = new ServerClock(ServerTime, clock, real);
    }

    public string Name => options.Name;

    /// <summary>What all live connections received so far.</summary>
    public FeedInstruments Received { get; } = new();

    public async IAsyncEnumerable<TradeEvent> Trades(
        IReadOnlyList<string> symbols,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new BinanceStream(symbols, serverClock, Received, options, clock, real, log);
        var opened = await stream.Open(cancellationToken);
        yield return TradeEvent.Heartbeat(opened);
        while (await stream.Next(cancellationToken) is { } next)
            yield return next;
    }

    public Task<IReadOnlyList<Trade>> AggTrades(string symbol, long fromId, int limit, CancellationToken cancellationToken) =>
        rest.Get(Invariant($"/api/v3/aggTrades?symbol={symbol}&fromId={fromId}&limit={Limit(limit)}"), TradesWeight, BinanceJson.Trades, cancellationToken);

    public Task<IReadOnlyList<Trade>> AggTradesByTime(string symbol, long startMs, long endMs, CancellationToken cancellationToken) =>
        rest.Get(
            Invariant($"/api/v3/aggTrades?symbol={symbol}&startTime={startMs}&endTime={endMs}&limit={MostRows}"),
            TradesWeight,
            BinanceJson.Trades,
            cancellationToken);

    public async Task<IReadOnlyList<Bar>> Klines1s(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        var now = await serverClock.NowAtMost(cancellationToken);
        var bars = await rest.Get(
            Invariant($"/api/v3/klines?symbol={symbol}&interval=1s&startTime={startMs}&endTime={endMs}&limit={Limit(limit)}"),
            KlinesWeight,
            BinanceJson.Klines,
            cancellationToken);
        // The exchange also lists the second that is still running.
        return bars.Count > 0 && bars[^1].Ts + 1000 > now ? [.. bars.TakeWhile(bar => bar.Ts + 1000 <= now)] : bars;
    }

    public Task<IReadOnlyList<ExchangeSymbol>> Symbols(CancellationToken cancellationToken) =>
        rest.Get("/api/v3/exchangeInfo", SymbolsWeight, BinanceJson.Symbols, cancellationToken);

    public Task<long> ServerTime(CancellationToken cancellationToken) =>
        rest.Get("/api/v3/time", TimeWeight, BinanceJson.ServerTime, cancellationToken);

    private static int Limit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostRows);
        return limit;
    }

    private static string Invariant(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
