namespace Hts.Symbols;

/// <summary>What a symbol's name may be: 2 to 20 of A-Z, 0-9 and underscore.</summary>
internal static class SymbolName
{
    public const string Rule = "must be 2 to 20 of A-Z, 0-9 and _";

    public static bool IsValid(string? name) =>
        name is { Length: >= 2 and <= 20 } && !name.AsSpan().ContainsAnyExcept(Allowed);

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
