using System.Net;
using Hts.Exchange.Faults;
using Hts.Time;

namespace Hts.Exchange;

/// <summary>
/// The built-in exchange: plays a tape by the market's clock on 127.0.0.1 and speaks the protocol of Binance's public market data.
/// </summary>
internal sealed class ExchangeServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CancellationTokenSource closing;
    private bool disposed;

    private ExchangeServer(WebApplication app, CancellationTokenSource closing)
    {
        this.app = app;
        this.closing = closing;
        RestUrl = app.Urls.First().TrimEnd('/');
        WebSocketUrl = RestUrl.Replace("http://", "ws://", StringComparison.Ordinal);
    }

    public string RestUrl { get; }

    public string WebSocketUrl { get; }

    public int Port => new Uri(RestUrl).Port;

    /// <param name="real">Drives ticks and time-outs.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ExchangeServer> Start(
        ITape tape,
        MarketClock clock,
        TimeProvider real,
        ExchangeServerOptions options,
        ILoggerFactory logs,
        CancellationToken cancellationToken)
    {
        // An empty builder: neither settings nor environment of the silo that hosts us may change this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var closing = new CancellationTokenSource();
        var market = new TapeMarket(tape, clock);
        app.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(options.PingSeconds),
            KeepAliveTimeout = TimeSpan.FromSeconds(options.PingSeconds * 3),
        });
        var restFaults = options.Faults is { } plan ? new RestFaults(plan) : null;
        new RestRoutes(market, new RequestWeight(options.WeightPerMinute, clock), restFaults).Map(app);
        new StreamRoutes(market, clock, real, options, logs.CreateLogger<StreamSession>(), closing.Token).Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            closing.Dispose();
            throw;
        }

        return new ExchangeServer(app, closing);
    }

    /// <summary>Announces the shutdown on every stream, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return;
        await closing.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        closing.Dispose();
    }
}
