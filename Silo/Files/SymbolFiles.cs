namespace Hts.Files;

/// <summary>Which files of the given paths are meant.</summary>
internal static class SymbolFiles
{
    /// <summary>
    /// The files themselves, and those within folders; with a symbol, of a folder only the files whose names hold that symbol or none.
    /// </summary>
    /// <exception cref="FileNotFoundException">A path does not exist, or nothing is left of a folder.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> paths, string? symbol)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            var found = DataPath.Files(path);
            var meant = symbol is null || File.Exists(path)
                ? found
                : [.. found.Where(file => DataPath.SymbolOf(file) is not { } named || named == symbol)];
            if (meant.Count == 0)
                throw new FileNotFoundException($"The folder '{path}' holds no file of {symbol}.", path);
            files.AddRange(meant);
        }
        return files;
    }
}
