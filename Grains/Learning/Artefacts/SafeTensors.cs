using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hts.Forecasts;

namespace Hts.Artefacts;

/// <summary>
/// Reads and writes the safetensors format, strictly and only what is used here: F32, F64 and I32, a bounded header, every byte of the
/// buffer belonging to exactly one tensor. Layout: header length (u64, little endian), header (JSON), buffer.
/// Source: the format section of github.com/huggingface/safetensors.
/// </summary>
internal static class SafeTensors
{
    /// <summary>Bound of the header, bytes.</summary>
    public const int MaxHeaderBytes = 64 * 1024;

    /// <summary>Bound of the dimensions of one tensor.</summary>
    public const int MaxDimensions = 4;

    private const int LengthBytes = 8;

    public static byte[] Write(IReadOnlyList<NamedTensor> tensors)
    {
        using var headerStream = new MemoryStream();
        using (var json = new Utf8JsonWriter(headerStream))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers(json, "shape", tensor.Shape.Select(d => (long)d));
                WriteNumbers(json, "data_offsets", [offset, offset += BytesOf(tensor).Length]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces up to a multiple of eight keep the buffer aligned for readers that map it.
        while (headerStream.Length % 8 != 0)
            headerStream.WriteByte((byte)' ');

        using var file = new MemoryStream();
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, headerStream.Length);
        file.Write(length);
        headerStream.WriteTo(file);
        foreach (var tensor in tensors)
            file.Write(BytesOf(tensor));
        return file.ToArray();
    }

    /// <exception cref="ArtefactRefusedException">The bytes break a rule of the format, or a value is not finite.</exception>
    public static IReadOnlyDictionary<string, NamedTensor> Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < LengthBytes)
            throw Refused("the file is shorter than its length field");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > MaxHeaderBytes || (int)headerLength > file.Length - LengthBytes)
            throw Refused($"a header of {headerLength} bytes (at most {MaxHeaderBytes}, within the file)");
        var buffer = file[(LengthBytes + (int)headerLength)..];

        var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
        long expected = 0;
        foreach (var entry in ReadHeader(file.Slice(LengthBytes, (int)headerLength)).OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != expected)
                throw Refused($"'{entry.Name}' begins at {entry.Begin}, not at {expected}: tensors overlap or leave a gap");
            if (entry.End > buffer.Length)
                throw Refused($"'{entry.Name}' ends at {entry.End} of {buffer.Length} bytes");
            var tensor = Decode(entry, buffer[(int)entry.Begin..(int)entry.End]);
            if (!tensor.AllFinite)
                throw Refused($"'{entry.Name}' holds a value that is not finite");
            tensors.Add(entry.Name, tensor);
            expected = entry.End;
        }
        if (expected != buffer.Length)
            throw Refused($"{buffer.Length - expected} bytes belong to no tensor");
        return tensors;
    }

    private static List<Entry> ReadHeader(ReadOnlySpan<byte> header)
    {
        try
        {
            using var document = JsonDocument.Parse(header.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            return [.. document.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__").Select(ReadEntry)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Refused($"the header is not as the format says ({e.Message})", e);
        }
    }

    private static Entry ReadEntry(JsonProperty property)
    {
        var type = property.Value.GetProperty("dtype").GetString();
        if (type is not (NamedTensor.SingleType or NamedTensor.DoubleType or NamedTensor.IntegerType))
            throw Refused($"'{property.Name}' has type {type}; F32, F64 and I32 are allowed");
        int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64())];
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0])
            throw Refused($"'{property.Name}' has no valid offsets");
        if (shape.Length > MaxDimensions || Array.Exists(shape, d => d < 1))
            throw Refused($"'{property.Name}' has no valid shape");
        long bytes = type == NamedTensor.DoubleType ? sizeof(double) : sizeof(float);
        foreach (var dimension in shape)
        {
            bytes *= dimension;
            if (bytes > int.MaxValue)
                throw Refused($"'{property.Name}' is larger than any file here may be");
        }
        if (bytes != offsets[1] - offsets[0])
            throw Refused($"'{property.Name}' needs {bytes} bytes and has {offsets[1] - offsets[0]}");
        return new Entry(property.Name, shape, type, offsets[0], offsets[1]);
    }

    private static NamedTensor Decode(Entry entry, ReadOnlySpan<byte> bytes) => entry.Type switch
    {
        NamedTensor.DoubleType => new NamedTensor(entry.Name, entry.Shape, MemoryMarshal.Cast<byte, double>(bytes).ToArray()),
        NamedTensor.IntegerType => new NamedTensor(entry.Name, entry.Shape, MemoryMarshal.Cast<byte, int>(bytes).ToArray()),
        _ => new NamedTensor(entry.Name, entry.Shape, MemoryMarshal.Cast<byte, float>(bytes).ToArray()),
    };

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> BytesOf(NamedTensor tensor) => tensor.Type switch
    {
        NamedTensor.DoubleType => MemoryMarshal.AsBytes<double>(tensor.Doubles),
        NamedTensor.IntegerType => MemoryMarshal.AsBytes<int>(tensor.Integers),
        _ => MemoryMarshal.AsBytes<float>(tensor.Singles),
    };

    private static ArtefactRefusedException Refused(string rule, Exception? inner = null) => new($"model.safetensors: {rule}.", inner);

    private readonly record struct Entry(string Name, int[] Shape, string Type, long Begin, long End);
}
