using System.Buffers.Binary;
using System.IO.Compression;

namespace Hts.Files;

/// <summary>
/// The content of a gzip file. <see cref="GZipStream"/> ends quietly where a file is cut off; this one compares the length that it gave
/// with the one that the file's last four bytes promise and throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class GzipFileStream(FileStream raw) : Stream
{
    private const int TrailerLength = 8;

    private readonly GZipStream content = new(raw, CompressionMode.Decompress, leaveOpen: true);
    private long given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => given;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        given += read;
        if (read == 0 && !buffer.IsEmpty && !EndsAsPromised())
            throw new InvalidDataException("the gzip file is cut off");
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            raw.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool EndsAsPromised()
    {
        if (raw.Length < TrailerLength)
            return false;
        Span<byte> trailer = stackalloc byte[4];
        raw.Seek(-4, SeekOrigin.End);
        raw.ReadExactly(trailer);
        var promised = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        return promised == (uint)given || LastMemberIsWhole(promised);
    }

    /// <summary>A file may be several gzip files in a row; the trailer then speaks of the last one only.</summary>
    private bool LastMemberIsWhole(uint promised)
    {
        var bytes = new byte[raw.Length];
        raw.Seek(0, SeekOrigin.Begin);
        raw.ReadExactly(bytes);
        ReadOnlySpan<byte> magic = [0x1f, 0x8b, 8];
        for (var at = bytes.AsSpan().LastIndexOf(magic); at > 0; at = bytes.AsSpan(0, at).LastIndexOf(magic))
        {
            try
            {
                using var member = new GZipStream(new MemoryStream(bytes, at, bytes.Length - at), CompressionMode.Decompress);
                using var counted = new MemoryStream();
                member.CopyTo(counted);
                if ((uint)counted.Length == promised)
                    return true;
            }
            catch (InvalidDataException)
            {
                // Those three bytes were no member's beginning: look further ahead.
            }
        }

        return false;
    }
}
