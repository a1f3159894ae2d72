using System.CommandLine;

namespace Hts.Commands;

/// <summary><c>import</c>: recorded trades or bars into the database.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Stores recorded trades or bars. Safe to repeat.")
    {
        Kind("trades", "Stores trade files as bars.", TradeImport.Run),
        Kind("bars", "Stores bar files; bars shorter than 15 s are rolled up.", BarImport.Run),
    };

    private static Command Kind(string name, string description, Func<ImportRequest, CancellationToken, Task<int>> run)
    {
        var files = CommonOptions.Files("Files (csv, csv.gz, zip) or folders of them.");
        var symbol = CommonOptions.Symbol();
        var dataDir = CommonOptions.DataDir();
        var maxQuiet = new Option<int>("--max-quiet")
        {
            Description = "Seconds without a row that count as a hole rather than a quiet market.",
            DefaultValueFactory = _ => 120,
        };
        var command = new Command(name, description) { files, symbol, dataDir, maxQuiet };
        command.SetAction((parsed, cancellation) => run(
            new ImportRequest(
                parsed.GetRequiredValue(files), parsed.GetValue(symbol), parsed.GetRequiredValue(dataDir), parsed.GetValue(maxQuiet)),
            cancellation));
        return command;
    }
}
