using System.Runtime.InteropServices;

namespace Hts.Objects;

/// <summary>Reads bytes in memory as a stream, without copying when they stand in an array.</summary>
internal static class ContentStream
{
    public static MemoryStream Over(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var array)
        ? new(array.Array!, array.Offset, array.Count, writable: false)
        : new(content.ToArray(), writable: false);
}
