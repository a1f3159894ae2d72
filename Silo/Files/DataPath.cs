using System.IO.Compression;
using Hts.Symbols;

namespace Hts.Files;

/// <summary>Data files under a path, and their uncompressed content.</summary>
internal static class DataPath
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".zip", ".parquet"];

    /// <summary>The file itself, or all data files in the folder and below it, in the order of their names.</summary>
    /// <exception cref="FileNotFoundException">Nothing stands at <paramref name="path"/>, or the folder holds no data file.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsData).ToArray();
        if (files.Length == 0)
            throw new FileNotFoundException($"The folder '{path}' holds no {string.Join(", ", Endings)} file.", path);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>
    /// The symbol in an archive's name: its first part of capitals, digits and underscores that is not a number,
    /// as in <c>BTC_JPY-2018-01-20.csv.gz</c> and <c>coinbase-BTCUSD-2016-10-07.csv.gz</c>. Null when there is none.
    /// </summary>
    public static string? SymbolOf(string file)
    {
        var name = Path.GetFileName(file);
        var end = name.IndexOf('.', StringComparison.Ordinal);
        foreach (var part in (end < 0 ? name : name[..end]).Split('-'))
        {
            if (IsSymbol(part) && part.Any(char.IsAsciiLetter))
                return part;
        }

        return null;
    }

    public static bool IsSymbol(string text) => SymbolName.IsValid(text);

    /// <summary>What rows are read from: the file, or the csv entries of a zip in the order of their names.</summary>
    public static IReadOnlyList<DataPart> Parts(string file)
    {
        if (!file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return [new DataPart(file)];
        try
        {
            using var archive = ZipFile.OpenRead(file);
            var entries = archive.Entries.Where(IsCsv).Select(entry => entry.FullName).Order(StringComparer.Ordinal).ToArray();
            return entries.Length == 0 ? [new DataPart(file)] : [.. entries.Select(entry => new DataPart(file, entry))];
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Opening it again as a whole gives the reason where problems are reported.
            return [new DataPart(file)];
        }
    }

    /// <param name="raw">The file itself, whose position tells how far the reading is.</param>
    /// <exception cref="InvalidDataException">A zip without a csv, or damaged.</exception>
    public static Stream Open(DataPart part, out FileStream raw)
    {
        raw = new FileStream(part.File, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        try
        {
            if (part.File.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                return new GzipFileStream(raw);
            return part.File.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? OpenZip(raw, part.Entry) : raw;
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    private static ZipEntryStream OpenZip(Stream raw, string? name)
    {
        var archive = new ZipArchive(raw, ZipArchiveMode.Read);
        var entry = archive.Entries.FirstOrDefault(entry => IsCsv(entry) && entry.FullName == name)
            ?? throw new InvalidDataException("the zip holds no csv file");
        return new ZipEntryStream(archive, entry);
    }

    private static bool IsCsv(ZipArchiveEntry entry) => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsData(string file) => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
