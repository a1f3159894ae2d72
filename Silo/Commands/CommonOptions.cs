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

    public static Option<int> BarSeconds() => new("--bar-seconds")
    {
        Description = "Length of a bar; it must divide the slot of 600 s.",
        DefaultValueFactory = _ => 15,
    };

    public static Argument<string[]> Files(string description) => new("files")
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };
}
