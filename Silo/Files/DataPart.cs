namespace Hts.Files;

/// <summary>Something that rows are read from: a file, or one entry of a zip.</summary>
/// <param name="Entry">Full name of the zip's entry; null for a file of its own, or a zip that cannot be looked into.</param>
internal sealed record DataPart(string File, string? Entry = null)
{
    /// <summary>What it is called in messages: the entry's name follows its zip's. Unprintable characters of an entry are shown as '?'.</summary>
    public string Name => Entry is null ? File : $"{File}/{string.Concat(Entry.Select(c => char.IsControl(c) ? '?' : c))}";

    /// <summary>The symbol that its name holds, the entry's before the file's; null when there is none.</summary>
    public string? Symbol => (Entry is null ? null : DataPath.SymbolOf(Entry)) ?? DataPath.SymbolOf(File);

    /// <exception cref="InvalidDataException">It is damaged, or a zip without csv files.</exception>
    public ILineSource Open() => File.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)
        ? ParquetLines.Open(File)
        : LineReader.Open(this);
}
