using System.Text.RegularExpressions;

namespace Hts.Commands;

/// <summary>What the framework says of text that is no value of its type, in words for people.</summary>
internal static partial class SettingError
{
    /// <summary>Null when <paramref name="e"/> is about something else than a setting that cannot be read.</summary>
    public static string? Explain(InvalidOperationException e) =>
        Setting().Match(e.Message) is { Success: true } said
            ? $"{said.Groups["key"].Value} is '{said.Groups["value"].Value}'; {Kind(said.Groups["type"].Value)} is needed."
            : null;

    /// <summary>The text of an error of the command line, with the kind of value in words.</summary>
    public static string Worded(string parseError) =>
        Argument().Replace(parseError, said => $"; {Kind(said.Groups["type"].Value)} is needed");

    private static string Kind(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a duration (hh:mm:ss)",
        _ => "another value",
    };

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline)]
    private static partial Regex Setting();

    [GeneratedRegex(@" as expected type '(System\.Nullable`1\[)?(?<type>[\w.]+)[^']*'")]
    private static partial Regex Argument();
}
