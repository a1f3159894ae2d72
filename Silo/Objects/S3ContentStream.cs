using Amazon.S3.Model;

namespace Hts.Objects;

/// <summary>The content of an S3 answer, which is released with the stream. Throws when it ends before its announced length.</summary>
internal sealed class S3ContentStream(GetObjectResponse response) : Stream
{
    private readonly Stream inner = response.ResponseStream;
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => response.ContentLength;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer), buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            response.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int count, int asked)
    {
        if (count == 0 && asked > 0 && read < response.ContentLength)
            throw new EndOfStreamException($"s3://{response.BucketName}/{response.Key} ended after {read} of {response.ContentLength} bytes.");
        read += count;
        return count;
    }
}
