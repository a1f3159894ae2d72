using System.CommandLine;
using Hts.Files;
using Hts.Hosting;
using Hts.Imports;

namespace Hts.Commands;

/// <summary><c>import supabase</c> and <c>import postgres</c>: bars out of another system's table.</summary>
internal static class ImportTableCommand
{
    public static Command Supabase() => Create(
        "supabase",
        $"Stores the bars of a Supabase project's table, read over REST. {SupabaseOptions.UrlName} and {SupabaseOptions.ApiKeyName} are taken "
        + "from the environment.",
        (configuration, table) => new SupabaseTable(SupabaseOptions.Read(configuration, table), TimeProvider.System));

    public static Command Postgres() => Create(
        "postgres",
        $"Stores the bars of a PostgreSQL table, read in a read-only transaction. ConnectionStrings__{PostgresTable.ConnectionName} is taken "
        + "from the environment.",
        (configuration, table) => configuration.GetConnectionString(PostgresTable.ConnectionName) is { Length: > 0 } connection
            ? new PostgresTable(connection, table)
            : throw new UserErrorException($"Set ConnectionStrings__{PostgresTable.ConnectionName} in the environment."));

    private static Command Create(string kind, string description, Func<IConfiguration, string, IBarTable> open)
    {
        var symbol = new Option<string>("--symbol")
        {
            Description = "The symbol: rows of others are left out where the table has a column symbol, else all rows are its.",
            Required = true,
        };
        var table = new Option<string>("--table")
        {
            Description = "Table with the columns ts, open, high, low, close, volume[, trades, taker_buy_volume, last_trade_id, symbol].",
            DefaultValueFactory = _ => "price_15s",
        };
        var from = CommonOptions.From("First day or instant, ISO 8601 UTC.");
        var to = CommonOptions.To("End, a day or an instant, ISO 8601 UTC.");
        var dataDir = CommonOptions.DataDir();
        var maxQuiet = CommonOptions.MaxQuiet();
        var badRows = CommonOptions.BadRows();
        var again = new Option<bool>("--again") { Description = "Read from the beginning even where an earlier import got further." };
        var command = new Command(kind, description + " Goes on where an earlier import with the same --from ended.")
        {
            symbol, table, from, to, dataDir, maxQuiet, badRows, again,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (fromTs, toTs) = Instants.ReadSpan(parsed.GetValue(from), parsed.GetValue(to));
            return Run(
                new TableRequest(
                    kind, parsed.GetRequiredValue(symbol), parsed.GetRequiredValue(table), fromTs ?? 0, toTs ?? Instants.Latest,
                    parsed.GetRequiredValue(dataDir), parsed.GetValue(maxQuiet), parsed.GetValue(badRows), parsed.GetValue(again)),
                open, cancellation);
        });
        return command;
    }

    private static async Task<int> Run(TableRequest request, Func<IConfiguration, string, IBarTable> open, CancellationToken cancellation)
    {
        if (!DataPath.IsSymbol(request.Symbol))
            throw new UserErrorException($"--symbol '{request.Symbol}' must be 2 to 32 capitals, digits or underscores.");
        await using var table = open(HtsConfiguration.Read(), request.Table);
        await using var session = await StorageSession.Open(request.DataDir, cancellation);
        await using var writing = await session.Store.WriteHistory(cancellation);
        using var badRows = new BadRowFile(request.BadRowsIn(session.Data.Path));
        var import = new TableImport(
            request, table, session.Store.Bars, session.Grid, session.PublicationDelayMs, ImportJournal.Open(session.Data.Path),
            new ReadReport(badRows.Add), TimeProvider.System);
        var code = await import.Run(cancellation);
        if (badRows.Written is { } path)
            Console.WriteLine($"What was bad is listed in {path}.");
        return code;
    }
}
