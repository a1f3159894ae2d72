using System.Buffers;

namespace Hts.Files;

/// <summary>UTF-8 lines of a stream out of one pooled buffer, without their line ends.</summary>
internal sealed class LineReader(Stream stream, FileStream? raw = null) : ILineSource
{
    private const int LongestLine = 1 << 20;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
    private int start;
    private int end;
    private bool ended;

    public long Line { get; private set; }

    public long Position => raw is { CanRead: true } ? raw.Position : 0;

    public static LineReader Open(DataPart part)
    {
        var content = DataPath.Open(part, out var raw);
        return new LineReader(content, raw);
    }

    /// <exception cref="InvalidDataException">The compressed stream is damaged, or a line is longer than 1 MB.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadRaw(out line))
        {
            if (!line.IsEmpty)
                return true;
        }

        return false;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        stream.Dispose();
    }

    private bool TryReadRaw(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var held = buffer.AsSpan(start, end - start);
            var at = held[searched..].IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = Trim(held[..(searched + at)]);
                start += searched + at + 1;
                return true;
            }

            if (ended)
            {
                start = end;
                line = held.IsEmpty ? held : Trim(held);
                return !held.IsEmpty;
            }

            searched = held.Length;
            Fill();
        }
    }

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        Line++;
        if (Line == 1 && line.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
            Grow();
        var read = stream.Read(buffer.AsSpan(end));
        ended = read == 0;
        end += read;
    }

    private void Grow()
    {
        if (buffer.Length >= LongestLine)
            throw new InvalidDataException($"line {Line + 1} is longer than {LongestLine} bytes");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
