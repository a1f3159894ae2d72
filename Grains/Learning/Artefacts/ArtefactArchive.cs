using System.Formats.Tar;
using System.IO.Compression;
using Hts.Forecasts;

namespace Hts.Artefacts;

/// <summary>
/// The archive around an artefact: a gzipped tar with exactly two plain files, at its root or, as <c>tar czf … -C folder .</c> packs them,
/// below <c>./</c>. Written so that equal content gives equal bytes; read into memory only, bounded at every step, so neither a path, a
/// link nor a bomb can do anything.
/// </summary>
internal static class ArtefactArchive
{
    public const string MetadataName = "metadata.json";
    public const string TensorsName = "model.safetensors";
    public const string StateDictName = "model.pth";

    private const int TarOverhead = 16 * 1024;
    private const string Here = "./";

    public static byte[] Pack(byte[] metadata, byte[] tensors)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            Add(tar, MetadataName, metadata);
            Add(tar, TensorsName, tensors);
        }
        return packed.ToArray();
    }

    /// <exception cref="ArtefactRefusedException">Too large, damaged, or other than the two files.</exception>
    public static ArtefactFiles Unpack(ReadOnlyMemory<byte> packed, ArtefactLimits limits)
    {
        if (packed.Length > limits.MaxPackedBytes)
            throw new ArtefactRefusedException($"The artefact has {packed.Length} bytes; at most {limits.MaxPackedBytes} are allowed.");
        try
        {
            using var tarStream = Inflate(packed, limits);
            TarBounds.Check(tarStream.GetBuffer().AsSpan(0, (int)tarStream.Length));
            return ReadEntries(tarStream, limits);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException
            or IOException or NotSupportedException or OverflowException or InvalidOperationException)
        {
            throw new ArtefactRefusedException($"The archive is damaged or no gzipped tar ({e.Message}).", e);
        }
    }

    private static MemoryStream Inflate(ReadOnlyMemory<byte> packed, ArtefactLimits limits)
    {
        var most = (long)limits.MaxMetadataBytes + limits.MaxTensorBytes + TarOverhead;
        var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        var buffer = new byte[81_920];
        for (int read; (read = gzip.Read(buffer)) > 0;)
        {
            if (unpacked.Length + read > most)
                throw new ArtefactRefusedException($"The artefact unpacks to more than {most} bytes.");
            unpacked.Write(buffer, 0, read);
        }
        unpacked.Position = 0;
        return unpacked;
    }

    private static ArtefactFiles ReadEntries(MemoryStream tarStream, ArtefactLimits limits)
    {
        byte[]? metadata = null, weights = null;
        var isStateDict = false;
        using var tar = new TarReader(tarStream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType == TarEntryType.Directory && entry.Name is "." or Here)
                continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                throw new ArtefactRefusedException($"'{entry.Name}' is a {entry.EntryType}; only plain files are allowed.");
            var name = entry.Name.StartsWith(Here, StringComparison.Ordinal) ? entry.Name[Here.Length..] : entry.Name;
            if (name == MetadataName && metadata is null)
                metadata = ReadEntry(entry, limits.MaxMetadataBytes);
            else if (name is TensorsName or StateDictName && weights is null)
                (weights, isStateDict) = (ReadEntry(entry, limits.MaxTensorBytes), name == StateDictName);
            else
                throw new ArtefactRefusedException($"'{entry.Name}' must not be in an artefact, or stands twice.");
        }
        if (metadata is null || weights is null)
            throw new ArtefactRefusedException($"'{(metadata is null ? MetadataName : TensorsName)}' is missing.");
        return new ArtefactFiles(metadata, weights) { IsStateDict = isStateDict };
    }

    private static byte[] ReadEntry(TarEntry entry, int most)
    {
        if (entry.Length > most)
            throw new ArtefactRefusedException($"'{entry.Name}' has {entry.Length} bytes; at most {most} are allowed.");
        var content = new byte[entry.Length];
        entry.DataStream?.ReadExactly(content);
        return content;
    }

    private static void Add(TarWriter tar, string name, byte[] content) => tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(content),
        ModificationTime = DateTimeOffset.UnixEpoch,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
    });
}
