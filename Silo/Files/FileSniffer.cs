namespace Hts.Files;

/// <summary>Tells from a first line what a file holds; of a zip its first csv tells.</summary>
internal static class FileSniffer
{
    /// <returns>Unknown when the file cannot be opened, is empty, or has another layout.</returns>
    public static FileKind KindOf(string file) => KindOf(DataPath.Parts(file)[0]);

    /// <inheritdoc cref="KindOf(string)"/>
    public static FileKind KindOf(DataPart part)
    {
        try
        {
            using var lines = part.Open();
            if (!lines.TryRead(out var first))
                return FileKind.Unknown;
            if (TradeColumns.Of(first) is not null)
                return FileKind.Trades;
            return BarColumns.Of(first) is null ? FileKind.Unknown : FileKind.Bars;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return FileKind.Unknown;
        }
    }
}
