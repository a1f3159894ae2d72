using System.CommandLine;

namespace Hts.Commands;

/// <summary>Options that several verbs share; each verb makes its own instances.</summary>
internal static class CommonOptions
{
    public static Option<DirectoryInfo> DataDir() => new("--data-dir")
    {
        Description = "Folder that holds everything written.",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
    };

    public static Option<int?> Port() => new("--port")
    {
        Description = "Port of REST, live hub and dashboard; Gateway:Port, or 8080, when it is not given.",
    };

    public static Option<string?> Symbol() => new("--symbol")
    {
        Description = "Symbol of the rows; by default taken from rows or file names.",
    };

    public static Option<string?> From(string description) => new("--from") { Description = description };

    public static Option<string?> To(string description) => new("--to") { Description = description };

    public static Option<FileInfo?> BadRows() => new("--bad-rows")
    {
        Description = "Csv file to list bad rows in (file, line, rule, row), made when there are any; by default import-<kind>-<time>.bad.csv "
            + "in the data folder.",
    };

    public static Option<int> MaxQuiet()
    {
        var option = new Option<int>("--max-quiet")
        {
            Description = "Seconds without a row that count as a hole rather than a quiet market.",
            DefaultValueFactory = _ => 120,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var seconds) && seconds < 1)
                result.AddError($"--max-quiet is {seconds}; it must be 1 or more.");
        });
        return option;
    }

    public static Option<int?> BarSeconds() => new("--bar-seconds")
    {
        Description = "Length of a bar, which must divide the slot (Prediction:SlotSeconds); Features:BarSeconds, or 15, when it is not given.",
    };

    public static Argument<string[]> Files(string description) => new("files")
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };
}
