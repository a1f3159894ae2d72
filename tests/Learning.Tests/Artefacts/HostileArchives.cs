using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Hts.Tests.Artefacts.PyTorch;

namespace Hts.Tests.Artefacts;

/// <summary>Archives that mean harm, by name, each with words of the reason that it must be refused with.</summary>
internal static class HostileArchives
{
    private static readonly (string, byte[]) Metadata = ("metadata.json", """
        {"feature_dim":512,"hidden_dims":[],"dropout":0,"use_layernorm":false,"target_cols":["trend_return_pct"]}
        """u8.ToArray());

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, (Func<byte[]> Make, string Rule)> All { get; } = new()
    {
        ["a path out of the archive"] = (() => Packed(Plain("../model.pth"), Plain("metadata.json")), "'../model.pth' must not be"),
        ["a path from the root"] = (() => Packed(Plain("/etc/cron.d/x")), "must not be"),
        ["a folder of its own"] = (() => Packed(new PaxTarEntry(TarEntryType.Directory, "./..")), "only plain files"),
        ["a symbolic link"] = (() => Packed(Link(TarEntryType.SymbolicLink, "model.pth", "/etc/passwd")), "only plain files"),
        ["a hard link"] = (() => Packed(Link(TarEntryType.HardLink, "metadata.json", "/etc/passwd")), "only plain files"),
        ["a device"] = (() => Packed(new PaxTarEntry(TarEntryType.CharacterDevice, "model.pth") { DeviceMajor = 1, DeviceMinor = 5 }), "only plain files"),
        ["a pipe"] = (() => Packed(new PaxTarEntry(TarEntryType.Fifo, "model.pth")), "only plain files"),
        ["a file twice"] = (() => Packed(Plain("metadata.json"), Plain("./metadata.json")), "stands twice"),
        ["weights of both kinds"] = (() => Packed(Plain("model.pth"), Plain("model.safetensors")), "stands twice"),
        ["a script beside"] = (() => Packed(Plain("metadata.json"), Plain("model.pth"), Plain("inference.py")), "'inference.py' must not be"),
        ["a header of 10 GB"] = (() => Zipped(Header("model.pth", '0', 10L << 30)), "announces 10737418240 bytes"),
        ["a header of 10 GB in binary"] = (() => Zipped(Header("model.pth", '0', 10L << 30, binary: true)), "announces 10737418240 bytes"),
        ["a name of 2 GB"] = (() => Zipped(Header("././@LongLink", 'L', int.MaxValue)), "announces 2147483647 bytes"),
        ["attributes of 2 GB"] = (() => Zipped(Header("x", 'x', int.MaxValue)), "announces 2147483647 bytes"),
        ["attributes that say 10 GB"] = (() => Zipped(Attribute("size", "10737418240"), Header("model.pth", '0', 0)), "damaged or no gzipped tar"),
        ["a bomb"] = (Bomb, "unpacks to more than"),
        ["a pickle that calls"] = (() => Weights(PickleWriter.Zip(
            PickleWriter.Begin().Global("os", "system").Text("touch /tmp/hts-owned").Raw(0x85).Op('R').End())), "a name that no state dict needs"),
        ["a pickle that imports from the stack"] = (() => Weights(PickleWriter.Zip(
            PickleWriter.Begin().Text("os").Text("system").Raw(0x93).End())), "instruction 0x93"),
        ["a compressed storage"] = (() => Weights(PickleWriter.Zip(
            CompressionLevel.SmallestSize, ("archive/data.pkl", PickleWriter.Begin().EmptyOrdered().End()), ("archive/data/0", new byte[1 << 20]))), "compressed"),
        ["a view without bound"] = (() => Weights(PickleWriter.Zip(
            PickleWriter.Begin().EmptyOrdered().Text("w").Tensor("FloatStorage", "0", 1, 0, [1_000_000_000], [0]).Op('s').End(),
            ("data/0", new byte[4]))), "unfold"),
        ["no archive"] = (() => [.. "#!/bin/sh"u8], "damaged or no gzipped tar"),
    };

    public static (byte[] Bytes, string Rule) Make(string name) => (All[name].Make(), All[name].Rule);

    public static byte[] Packed(params TarEntry[] entries)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }
        return packed.ToArray();
    }

    public static TarEntry File(string name, byte[] content) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };

    private static TarEntry Plain(string name) => File(name, [1, 2, 3]);

    private static PaxTarEntry Link(TarEntryType type, string name, string target) => new(type, name) { LinkName = target };

    private static byte[] Weights(byte[] stateDict) => Packed(File(Metadata.Item1, Metadata.Item2), File("model.pth", stateDict));

    private static byte[] Zipped(params byte[][] blocks)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var block in blocks)
                gzip.Write(block);
            gzip.Write(new byte[1024]);
        }
        return packed.ToArray();
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 200; i++)
                gzip.Write(new byte[1 << 20]);
        }
        return packed.ToArray();
    }

    private static byte[] Attribute(string name, string value)
    {
        var record = $" {name}={value}\n";
        var length = record.Length + 2;
        var block = new byte[512];
        Encoding.ASCII.GetBytes($"{length}{record}", block);
        return [.. Header("attributes", 'x', length), .. block];
    }

    private static byte[] Header(string name, char type, long size, bool binary = false)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name, header);
        Encoding.ASCII.GetBytes("0000644\00000000\00000000\0", header.AsSpan(100));
        if (binary)
        {
            header[124] = 0x80;
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
        }
        else
        {
            Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), header.AsSpan(124));
        }
        Encoding.ASCII.GetBytes("00000000000\0        ", header.AsSpan(136));
        header[156] = (byte)type;
        Encoding.ASCII.GetBytes("ustar\000", header.AsSpan(257));
        var sum = header.Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", header.AsSpan(148));
        return header;
    }
}
