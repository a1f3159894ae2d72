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

    /// <summary>Connections of many shards opened together must not all end together.</summary>
    private const double LifeJitter = 0.1;


    private readonly BinanceRest rest;
    private readonly MarketClock clock;
    private readonly TimeProvider real;
    private readonly FeedOptions options;
    private readonly ILogger<BinanceStream> log;
    private readonly ServerClock serverClock;
    private readonly FeedSessionOptions session;
    private readonly ConnectionBudget connections;
    private readonly SemaphoreSlim listing = new(1, 1);
    private IReadOnlyList<ExchangeSymbol> listed = [];
    private long listedAt;

    public BinanceExchange(
        BinanceRest rest,
        MarketClock clock,
        TimeProvider real,
        IOptions<FeedOptions> options,
        IOptions<FeedSessionOptions> session,
        ILogger<BinanceStream> log)
    {
        this.rest = rest;
        this.clock = clock;
        this.real = real;
        this.options = options.Value;
        this.session = session.Value;
        connections = new ConnectionBudget(options.Value.ConnectionsPerFiveMinutes, clock);
        this.log = log;
        serverClock = new ServerClock(ServerTime, clock, real, log);
    }

    public string Name => options.Name;

    /// <summary>What all live connections received so far.</summary>
    public FeedInstruments Received { get; } = new();

    public async Task<IExchangeStream> Connect(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken)
    {
        await connections.Spend(cancellationToken);
        var hours = session.ConnectionHours * (1 - (Random.Shared.NextDouble() * LifeJitter));
        var stream = new BinanceStream(symbols, serverClock, Received, options, TimeSpan.FromHours(hours), clock, real, log);
        try
        {
            await stream.Open(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public Task<IReadOnlyList<Trade>> AggTrades(string symbol, long fromId, int limit, Urgency urgency, CancellationToken cancellationToken) =>
        rest.Get(
            Invariant($"/api/v3/aggTrades?symbol={symbol}&fromId={fromId}&limit={Limit(limit)}"), TradesWeight, urgency, BinanceJson.Trades,
            cancellationToken);

    public Task<IReadOnlyList<Trade>> AggTradesByTime(string symbol, long startMs, long endMs, CancellationToken cancellationToken) =>
        rest.Get(
            Invariant($"/api/v3/aggTrades?symbol={symbol}&startTime={startMs}&endTime={endMs}&limit={MostRows}"),
            TradesWeight,
            Urgency.Live,
            BinanceJson.Trades,
            cancellationToken);

    public async Task<IReadOnlyList<Bar>> Klines1s(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        var now = await serverClock.NowAtMost(cancellationToken);
        var bars = await rest.Get(
            Invariant($"/api/v3/klines?symbol={symbol}&interval=1s&startTime={startMs}&endTime={endMs}&limit={Limit(limit)}"),
            KlinesWeight,
            Urgency.Background,
            BinanceJson.Klines,
            cancellationToken);
        // The exchange also lists the second that is still running.
        return bars.Count > 0 && bars[^1].Ts + 1000 > now ? [.. bars.TakeWhile(bar => bar.Ts + 1000 <= now)] : bars;
    }

    /// <remarks>The answer is large and costs much, and every shard asks: within half of the period in which it is asked for the same one serves all.</remarks>
    public async Task<IReadOnlyList<ExchangeSymbol>> Symbols(CancellationToken cancellationToken)
    {
        await listing.WaitAsync(cancellationToken);
        try
        {
            if (listed.Count == 0 || real.GetElapsedTime(listedAt) > TimeSpan.FromSeconds(session.StatusSeconds / 2.0))
            {
                listed = await rest.Get("/api/v3/exchangeInfo", SymbolsWeight, Urgency.Live, BinanceJson.Symbols, cancellationToken);
                listedAt = real.GetTimestamp();
            }

            return listed;
        }
        finally
        {
            listing.Release();
        }
    }

    public Task<long> ServerTime(CancellationToken cancellationToken) =>
        rest.Get("/api/v3/time", TimeWeight, Urgency.Live, BinanceJson.ServerTime, cancellationToken);

    private static int Limit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostRows);
        return limit;
    }

    private static string Invariant(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
