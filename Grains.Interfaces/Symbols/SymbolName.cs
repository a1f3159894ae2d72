using System.Buffers;

namespace Hts.Symbols;

/// <summary>What a symbol's name may be, in files, settings and REST alike.</summary>
public static class SymbolName
{
    public const string Rule = "must be 2 to 32 of A-Z, 0-9 and _";

    /// <summary>The same as a regular expression.</summary>
    public const string Pattern = "^[A-Z0-9_]{2,32}$";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    public static bool IsValid(string? name) => name is { Length: >= 2 and <= 32 } && !name.AsSpan().ContainsAnyExcept(Allowed);
}
