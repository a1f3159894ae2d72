namespace Hts.Models;

/// <summary>Texts by other writers, as they can be stored and shown.</summary>
internal static class ForeignText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with a replacement character for each control character but white space: PostgreSQL, for one, takes no NUL.</summary>
    public static string Clean(string text) => text.Any(IsUnfit) ? string.Concat(text.Select(c => IsUnfit(c) ? Replacement : c)) : text;

    private static bool IsUnfit(char c) => char.IsControl(c) && !char.IsWhiteSpace(c);
}
