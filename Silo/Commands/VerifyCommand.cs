using System.CommandLine;
using Hts.Imports;

namespace Hts.Commands;

/// <summary><c>verify</c>: stored bars against files of trades or bars.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var files = CommonOptions.Files("Trade or bar files (csv, csv.gz, zip, parquet), or folders of them.");
        var symbol = CommonOptions.Symbol();
        var from = CommonOptions.From("First day or instant to compare, ISO 8601 UTC.");
        var to = CommonOptions.To("End of what is compared, ISO 8601 UTC.");
        var maxQuiet = CommonOptions.MaxQuiet();
        var json = new Option<bool>("--json") { Description = "Print a line of JSON for each difference; the count goes to the error stream." };
        var dataDir = CommonOptions.DataDir();
        var command = new Command(
            "verify",
            "Computes bars from files exactly as import does and compares them with the stored ones, to the last bit; prints every "
            + "difference and exits with 1 when there is any, else with 0. A bar that trade files cut at their very beginning or end agrees "
            + "when the stored one can hold what the file has. An interval without trades agrees with a flat bar. A marked gap agrees with a "
            + "hole of the files; an unmarked one is a difference. Last trade ids are compared where both sides have them: klines have none.")
        {
            files, symbol, from, to, maxQuiet, json, dataDir,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (fromTs, toTs) = Instants.ReadSpan(parsed.GetValue(from), parsed.GetValue(to));
            return FileVerification.Run(
                new VerifyRequest(
                    parsed.GetRequiredValue(files), parsed.GetValue(symbol), fromTs ?? long.MinValue, toTs ?? long.MaxValue, parsed.GetValue(maxQuiet),
                    parsed.GetValue(json), parsed.GetRequiredValue(dataDir)),
                cancellation);
        });
        return command;
    }
}
