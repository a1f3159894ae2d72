using System.CommandLine;
using Hts.Bars;
using Hts.Feeds;
using Hts.Hosting;
using Hts.Time;

namespace Hts.Commands;

/// <summary><c>backfill</c>: history of symbols from the exchange.</summary>
internal static class BackfillCommand
{
    public static Command Create()
    {
        var symbols = new Argument<string[]>("symbols") { Description = "Symbols as the exchange spells them.", Arity = ArgumentArity.OneOrMore };
        var days = new Option<int>("--days") { Description = "Days of history.", DefaultValueFactory = _ => 7 };
        var dataDir = CommonOptions.DataDir();
        var command = new Command("backfill", "Fetches history from the exchange into the database; goes on where it was interrupted.")
        {
            symbols, days, dataDir,
        };
        command.SetAction((parsed, cancellation) => Run(
            parsed.GetRequiredValue(symbols), parsed.GetValue(days), parsed.GetRequiredValue(dataDir), cancellation));
        return command;
    }

    private static async Task<int> Run(string[] symbols, int days, DirectoryInfo dataDir, CancellationToken cancellation)
    {
        if (days is < 1 or > 3_650)
            throw new UserErrorException($"--days is {days}; allowed is 1 to 3650.");
        await using var session = await StorageSession.Open(dataDir, cancellation);
        var clock = new MarketClock(TimeProvider.System);
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(HtsConfiguration.Read())
            .AddSingleton(clock)
            .AddLogging()
            .AddBinanceExchange()
            .BuildServiceProvider();
        var history = new HistoryFetcher(services.GetRequiredService<IExchange>(), session.Grid);
        foreach (var symbol in symbols)
            await Fetch(session, history, symbol.ToUpperInvariant(), clock.NowMs, days, cancellation);
        return 0;
    }

    private static async Task Fetch(
        StorageSession session, HistoryFetcher history, string symbol, long nowMs, int days, CancellationToken cancellation)
    {
        var grid = session.Grid;
        var toTs = grid.BarOf(nowMs);
        var fromTs = grid.BarOf(nowMs - (days * 86_400_000L));
        // What an interrupted run stored without a break stays as it is.
        await foreach (var stored in session.Store.Bars.Stream(symbol, fromTs, toTs, cancellation))
        {
            if (stored.Bar.Ts != fromTs)
                break;
            fromTs += grid.BarMs;
        }
        long bars = 0;
        await foreach (var page in history.Bars(symbol, fromTs, toTs, cancellation))
        {
            await session.Store.Bars.Write(
                symbol, [.. page.Select(bar => new StoredBar(bar, bar.Ts + grid.BarMs, 0))], cancellation);
            bars += page.Count;
            await Console.Error.WriteLineAsync($"{symbol}: to {Timestamps.Iso(page[^1].Ts)}");
        }
        Console.WriteLine($"{symbol}: {bars} bars fetched.");
    }
}
