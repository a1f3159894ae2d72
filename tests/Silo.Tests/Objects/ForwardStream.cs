namespace Hts.Tests.Objects;

/// <summary>A stream that cannot go back nor tell its length, gives little at a time, and may end badly.</summary>
public sealed class ForwardStream(byte[] content, Action? atEnd = null) : Stream
{
    private const int Most = 100_000;
    private int position;

    public ForwardStream(byte[] content, Exception atEnd)
        : this(content, () => throw atEnd)
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var given = Math.Min(Math.Min(count, Most), content.Length - position);
        content.AsSpan(position, given).CopyTo(buffer.AsSpan(offset));
        position += given;
        if (given == 0)
            atEnd?.Invoke();
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
