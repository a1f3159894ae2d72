using System.CommandLine;
using Hts.Feeds;
using Hts.Hosting;
using Hts.Imports;
using Hts.Time;

namespace Hts.Commands;

/// <summary><c>backfill</c>: history of symbols from the exchange.</summary>
internal static class BackfillCommand
{
    private const long DayMs = 86_400_000;
    private const int MostDays = 3_650;

    public static Command Create()
    {
        var symbols = new Argument<string[]>("symbols") { Description = "Symbols as the exchange spells them.", Arity = ArgumentArity.OneOrMore };
        var days = new Option<int>("--days") { Description = "Days of history before --to.", DefaultValueFactory = _ => 7 };
        var from = CommonOptions.From("First day or instant, ISO 8601 UTC; it takes the place of --days.");
        var to = CommonOptions.To("End, a day or an instant, ISO 8601 UTC; now when it is not given.");
        var again = new Option<bool>("--again") { Description = "Ask also for holes that the exchange had no data for before." };
        var dataDir = CommonOptions.DataDir();
        var command = new Command(
            "backfill",
            "Fetches from the exchange what the stored bars of the symbols lack, holes in the middle too, within its request weight. "
            + "Interrupted, it goes on where it was. Holes that the exchange has no data for are marked.")
        {
            symbols, days, from, to, again, dataDir,
        };
        command.SetAction((parsed, cancellation) => Run(
            [.. parsed.GetRequiredValue(symbols).Select(symbol => symbol.ToUpperInvariant()).Distinct()], parsed.GetValue(days),
            Instants.ReadSpan(parsed.GetValue(from), parsed.GetValue(to)), parsed.GetValue(again), parsed.GetRequiredValue(dataDir), cancellation));
        return command;
    }

    private static async Task<int> Run(
        string[] symbols, int days, (long? FromTs, long? ToTs) span, bool again, DirectoryInfo dataDir, CancellationToken cancellation)
    {
        if (days is < 1 or > MostDays)
            throw new UserErrorException($"--days is {days}; allowed is 1 to {MostDays}.");
        var clock = new MarketClock(TimeProvider.System);
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(HtsConfiguration.Read())
            .AddSingleton(clock)
            .AddLogging()
            .AddBinanceExchange()
            .BuildServiceProvider();
        await using var session = await StorageSession.Open(dataDir, cancellation);
        var grid = session.Grid;
        var backfill = new Backfill(
            services.GetRequiredService<IExchange>(), session.Store.Bars, grid, session.PublicationDelayMs, TimeProvider.System, Console.WriteLine);
        await backfill.CheckSymbols(symbols, cancellation);
        var toTs = grid.BarOf(Math.Min(span.ToTs ?? clock.NowMs, clock.NowMs));
        var fromTs = grid.BarOf(span.FromTs ?? toTs - (days * DayMs));
        if (fromTs >= toTs)
            throw new UserErrorException($"There is nothing between {Timestamps.Iso(fromTs)} and {Timestamps.Iso(toTs)}.");
        await using var writing = await session.Store.WriteHistory(cancellation);
        foreach (var symbol in symbols)
            await backfill.Run(symbol, fromTs, toTs, again, cancellation);
        return 0;
    }
}
