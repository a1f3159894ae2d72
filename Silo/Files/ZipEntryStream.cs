using System.IO.Compression;

namespace Hts.Files;

/// <summary>
/// One entry's content; closing it closes the archive as well. <see cref="ZipArchive"/> believes what it reads: this one compares length
/// and checksum with those that the archive promises and throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class ZipEntryStream(ZipArchive archive, ZipArchiveEntry entry) : Stream
{
    private readonly Stream content = entry.Open();
    private readonly Crc32 checksum = new();
    private long given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        given += read;
        checksum.Append(buffer[..read]);
        if (read > 0 || buffer.IsEmpty)
            return read;
        if (given != entry.Length)
            throw new InvalidDataException($"the zip's entry is damaged: {given} bytes instead of {entry.Length}");
        return checksum.Value == entry.Crc32 ? 0 : throw new InvalidDataException("the zip's entry is damaged: its checksum is wrong");
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
            archive.Dispose();
        }

        base.Dispose(disposing);
    }
}
