using System.IO.Compression;
using Hts.Forecasts;

namespace Hts.Artefacts.PyTorch;

/// <summary>The zip around a state dict: one root folder with the pickle and the storages, nothing compressed, nothing else.</summary>
internal sealed class StateDictArchive : IDisposable
{
    private const int MaxPickleBytes = 16 << 20;
    private const int MaxMembers = 10_000;
    private const int MaxSmallBytes = 1024;

    private static readonly string[] Small = ["version", "byteorder", ".data/serialization_id", ".format_version", ".storage_alignment"];

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> storages = new(StringComparer.Ordinal);

    private StateDictArchive(ZipArchive zip) => this.zip = zip;

    /// <summary>The pickle's bytes.</summary>
    public byte[] Pickle => Bytes("data.pkl", Length("data.pkl"));

    /// <exception cref="ArtefactRefusedException">It is no such zip.</exception>
    public static StateDictArchive Open(ReadOnlyMemory<byte> file, ArtefactLimits limits)
    {
        if (!file.Span.StartsWith("PK"u8))
            throw Refused("it is no zip; save it again with a PyTorch of 1.6 or later");
        try
        {
            var archive = new StateDictArchive(new ZipArchive(new MemoryStream(file.ToArray(), writable: false), ZipArchiveMode.Read));
            archive.Take(limits);
            return archive;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or ArgumentException or NotSupportedException)
        {
            throw new ArtefactRefusedException($"model.pth: the zip is damaged ({e.Message}).", e);
        }
    }

    /// <summary>Bytes of a storage, read once however many tensors share it.</summary>
    /// <param name="key">Its number.</param>
    /// <param name="length">Bytes that it must have.</param>
    public byte[] Storage(string key, long length)
    {
        if (!storages.TryGetValue(key, out var bytes) || bytes.Length != length)
            storages[key] = bytes = Bytes($"data/{key}", length);
        return bytes;
    }

    public void Dispose() => zip.Dispose();

    private static ArtefactRefusedException Refused(string rule) => new($"model.pth: {rule}.");

    private void Take(ArtefactLimits limits)
    {
        if (zip.Entries.Count is 0 or > MaxMembers)
            throw Refused($"{zip.Entries.Count} members; 1 to {MaxMembers} are allowed");
        var root = zip.Entries[0].FullName.Split('/')[0] + "/";
        long room = limits.MaxTensorBytes;
        foreach (var entry in zip.Entries)
        {
            if (!entry.FullName.StartsWith(root, StringComparison.Ordinal))
                throw Refused($"'{entry.FullName}' lies outside the root folder");
            var name = entry.FullName[root.Length..];
            if (MostOf(name) is not { } most)
                throw Refused(name.StartsWith("code/", StringComparison.Ordinal) || name == "constants.pkl"
                    ? "it is TorchScript, which is code; a state dict is needed"
                    : $"'{name}' does not belong into a state dict");
            // A member of equal size packed and unpacked cannot unfold: the file's own size bounds all of them.
            if (entry.CompressedLength != entry.Length)
                throw Refused($"'{name}' is compressed");
            if (entry.Length > most || (room -= entry.Length) < 0)
                throw Refused($"'{name}' has {entry.Length} bytes, more than is allowed");
            if (!members.TryAdd(name, entry))
                throw Refused($"'{name}' stands twice");
        }
        if (members.ContainsKey("byteorder") && !Bytes("byteorder", Length("byteorder")).AsSpan().SequenceEqual("little"u8))
            throw Refused("its numbers are not little-endian");
    }

    private static long? MostOf(string name)
    {
        if (name == "data.pkl")
            return MaxPickleBytes;
        if (Array.IndexOf(Small, name) >= 0)
            return MaxSmallBytes;
        return name.StartsWith("data/", StringComparison.Ordinal) && PickleStorage.IsKey(name.AsSpan(5)) ? long.MaxValue : null;
    }

    private long Length(string name) => members.TryGetValue(name, out var entry) ? entry.Length : throw Refused($"'{name}' is missing");

    private byte[] Bytes(string name, long length)
    {
        if (Length(name) != length)
            throw Refused($"'{name}' has {Length(name)} bytes, not {length}");
        var bytes = new byte[length];
        try
        {
            using var content = members[name].Open();
            content.ReadExactly(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException)
        {
            throw new ArtefactRefusedException($"model.pth: '{name}' is damaged ({e.Message}).", e);
        }
        return bytes;
    }
}
