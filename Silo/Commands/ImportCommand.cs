using System.CommandLine;
using Hts.Imports;

namespace Hts.Commands;

/// <summary><c>import</c>: recorded trades or bars into the database.</summary>
internal static class ImportCommand
{
    public static Command Create() => new(
        "import", "Stores recorded trades or bars. Safe to repeat and to interrupt; works beside a running system.")
    {
        OfFiles(
            "trades",
            "Stores trade files as bars: Binance's aggTrades and trades archives with or without a header, in milli- or microseconds, or any "
            + "with these columns by name."),
        OfFiles(
            "bars",
            "Stores bar files: Binance's klines, or any with the columns symbol, ts, open, high, low, close, volume[, trades, "
            + "taker_buy_volume]. Bars shorter than the system's are put together; longer ones are refused."),
        ImportTableCommand.Supabase(),
        ImportTableCommand.Postgres(),
    };

    private static Command OfFiles(string kind, string description)
    {
        var files = CommonOptions.Files("Files (csv, csv.gz, zip with one or more csv, parquet) or folders of them, in any order.");
        var symbol = CommonOptions.Symbol();
        var dataDir = CommonOptions.DataDir();
        var maxQuiet = CommonOptions.MaxQuiet();
        var badRows = CommonOptions.BadRows();
        var again = new Option<bool>("--again") { Description = "Read also files that were imported before." };
        var command = new Command(
            kind, description + " Exit code 0 also with bad rows, which are counted and listed; 1 when a whole file could not be read.")
        {
            files, symbol, dataDir, maxQuiet, badRows, again,
        };
        command.SetAction((parsed, cancellation) => FileImport.Run(
            new ImportRequest(
                kind, parsed.GetRequiredValue(files), parsed.GetValue(symbol), parsed.GetRequiredValue(dataDir), parsed.GetValue(maxQuiet),
                parsed.GetValue(badRows), parsed.GetValue(again)),
            cancellation));
        return command;
    }
}
