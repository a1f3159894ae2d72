using System.Net.NetworkInformation;
using Hts.Bars;
using Hts.Commands;
using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Files;
using Hts.Postgres;
using Hts.Time;
using Npgsql;

namespace Hts.Hosting;

/// <summary>A silo with everything it needs in one process: database, exchange, grains, gateway.</summary>
internal static class SiloProcess
{
    public static async Task Run(SiloPlan plan, CancellationToken cancellation)
    {
        var configuration = HtsConfiguration.Read();
        var port = plan.Port ?? configuration.GetValue("Gateway:Port", 8080);
        CheckPort(port, plan.Port is null ? "Gateway:Port" : "--port");
        configuration["Gateway:Port"] = port.ToString();
        var gateway = GatewaySettings.Read(configuration);
        using var loggers = ConsoleLogs.Create(configuration);
        var grid = HtsConfiguration.Grid(configuration);
        var strategies = HtsConfiguration.Strategies(configuration);
        var member = HtsConfiguration.Member(configuration);

        await using var storage = await StorageAccess.Open(plan.Data, configuration, strategies, exclusive: true, loggers, cancellation);
        await storage.Store.RequireGrid(grid, mayBeFirst: true, cancellation);
        using var market = OpenMarket(plan, grid, loggers);
        var clock = market?.Clock ?? new MarketClock(TimeProvider.System);
        await using var exchange = market is null
            ? null
            : await StartExchange(market, plan.Faults, loggers, cancellation);
        if (storage.IsOwner)
            await ForgetFormerSilos(storage.ConnectionString, cancellation);

        var app = SiloBuilder.Build(new SiloParts(plan, configuration, storage, clock, grid, strategies, member, market, exchange));
        await using (app)
        {
            await app.StartAsync(cancellation);
            Console.WriteLine($"Dashboard, REST and live hub: {GatewaySettings.Url(gateway)}");
            await app.WaitForShutdownAsync(cancellation);
        }
    }

    private static Task<ExchangeServer> StartExchange(
        MarketOrigin market, FaultOptions? faults, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var plan = faults is { Any: true } ? new FaultPlan(faults) : null;
        return ExchangeServer.Start(
            market.Tape, market.Clock, TimeProvider.System, new ExchangeServerOptions { Faults = plan }, loggers, cancellation);
    }

    // Told before anything is started: the gateway itself would notice last.
    private static void CheckPort(int port, string name)
    {
        if (port is < 1 or > 65_535)
            throw new UserErrorException($"{name} is {port}; allowed is 1 to 65535.");
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port))
            throw new UserErrorException($"Port {port} is in use: stop what listens there, or give another --port.");
    }

    private static MarketOrigin? OpenMarket(SiloPlan plan, Grid grid, ILoggerFactory loggers)
    {
        if (plan.BuiltIn is not { } options)
            return null;
        var logger = loggers.CreateLogger(typeof(MarketOrigin).FullName!);
        var report = new ReadReport(problem => TapeProblem.Log(logger, problem.ToString()));
        return MarketOrigin.LoadOrCreate(plan.Data.Path, TimeProvider.System, options, grid, report);
    }

    // The database is ours alone, so whatever its membership table says of other silos is of dead ones.
    private static async Task ForgetFormerSilos(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(PostgresDatabase.ForOrleans(connectionString));
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("DELETE FROM OrleansMembershipTable", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
