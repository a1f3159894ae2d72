using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Feeds;
using Hts.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Exchange;

/// <summary>A built-in exchange on a real socket and the client as the silo registers it.</summary>
internal sealed class ExchangeHost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private ExchangeHost(ExchangeServer server, ServiceProvider services, MarketClock clock, FaultPlan? faults)
    {
        Server = server;
        this.services = services;
        Clock = clock;
        Faults = faults;
    }

    public ExchangeServer Server { get; private set; }

    public MarketClock Clock { get; }

    public FaultPlan? Faults { get; }

    public BinanceExchange Client => services.GetRequiredService<BinanceExchange>();

    public static async Task<ExchangeHost> Start(ITape tape, MarketClock clock, ExchangeServerOptions? options = null, Action<FeedOptions>? feed = null, ILoggerFactory? logs = null)
    {
        options ??= new ExchangeServerOptions();
        // A machine that stands still for seconds is no slow client; a test that wants one says how slow.
        if (options.SlowClientSeconds == new ExchangeServerOptions().SlowClientSeconds)
            options.SlowClientSeconds = 60;
        var server = await Serve(tape, clock, options, logs);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton(TimeProvider.System);
        services.AddBinanceExchange();
        services.Configure<FeedOptions>(configured =>
        {
            configured.RestUrl = server.RestUrl;
            configured.WebSocketUrl = server.WebSocketUrl;
            // A busy machine is no silence of the exchange.
            configured.SilenceSeconds = 60;
            feed?.Invoke(configured);
        });
        return new ExchangeHost(server, services.BuildServiceProvider(), clock, options.Faults);
    }

    /// <summary>Stops the server and starts it again on the same port, as after a crash of the exchange.</summary>
    public async Task Restart(ITape tape)
    {
        var port = Server.Port;
        await Server.DisposeAsync();
        Server = await Serve(tape, Clock, new ExchangeServerOptions { Port = port });
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static Task<ExchangeServer> Serve(ITape tape, MarketClock clock, ExchangeServerOptions options, ILoggerFactory? logs = null) =>
        ExchangeServer.Start(tape, clock, TimeProvider.System, options, logs ?? NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
}
