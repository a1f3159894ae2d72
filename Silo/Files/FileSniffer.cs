namespace Hts.Files;

/// <summary>Tells from a file's first line what it holds.</summary>
internal static class FileSniffer
{
    /// <returns>Unknown when the file cannot be opened, is empty, or has another layout.</returns>
    public static FileKind KindOf(string file)
    {
        try
        {
            using var lines = new LineReader(DataPath.Open(file));
            if (!lines.TryRead(out var first))
                return FileKind.Unknown;
            if (TradeColumns.Of(first) is not null)
                return FileKind.Trades;
            return BarColumns.Of(first) is null ? FileKind.Unknown : FileKind.Bars;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return FileKind.Unknown;
        }
    }
}
