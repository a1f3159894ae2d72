using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Hts.Tests.Artefacts.PyTorch;

/// <summary>Writes pickles instruction by instruction, and the zip around them, right or wrong as a test wants.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream bytes = new();

    public static PickleWriter Begin() => new PickleWriter().Raw(0x80, 2);

    public PickleWriter Raw(params byte[] raw)
    {
        bytes.Write(raw);
        return this;
    }

    public PickleWriter Op(char code) => Raw((byte)code);

    public PickleWriter Global(string module, string name) => Raw(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op('X').Raw(length).Raw(utf8);
    }

    public PickleWriter Number(int value)
    {
        var four = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        return Op('J').Raw(four);
    }

    public PickleWriter EmptyOrdered() => Global("collections", "OrderedDict").Op(')').Op('R');

    /// <summary>A tensor of one storage: marks, persistent id, sizes and strides, as PyTorch writes it.</summary>
    public PickleWriter Tensor(string storageType, string key, int count, int offset, int[] size, int[] stride)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", storageType).Text(key).Text("cpu").Number(count).Op('t').Op('Q')
            .Number(offset);
        foreach (var numbers in new[] { size, stride })
        {
            Op('(');
            foreach (var number in numbers)
                Number(number);
            Op('t');
        }
        return Raw(0x89).EmptyOrdered().Op('t').Op('R');
    }

    public byte[] End() => Op('.').bytes.ToArray();

    public static byte[] Zip(byte[] pickle, params (string Name, byte[] Content)[] members) =>
        Zip(CompressionLevel.NoCompression, [("archive/data.pkl", pickle), .. members.Select(m => ($"archive/{m.Name}", m.Content))]);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return file.ToArray();
    }
}
