using Amazon.S3;
using Amazon.S3.Model;

namespace Hts.Objects;

/// <summary>
/// One put to S3. Contents up to the part size go in one request, longer ones in parts, each from memory: a part can then be sent
/// again, and the content may be a stream that cannot go back. The write is marked with an id of its own, so that a refused
/// condition can be told from the echo of our own write whose answer was lost and which the SDK sent again.
/// </summary>
internal sealed class S3Upload(IAmazonS3 client, string bucket, string name, PutCondition condition)
{
    private const string IdHeader = "put-id";

    private readonly string id = Guid.NewGuid().ToString("N");

    private string? IfNoneMatch => condition.RequiresAbsence ? "*" : null;

    /// <summary>Writes the content; returns the ETag.</summary>
    public async Task<string> Send(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        PutObjectRequest request = new()
        {
            BucketName = bucket,
            Key = name,
            InputStream = ContentStream.Over(content),
            IfMatch = condition.ETag,
            IfNoneMatch = IfNoneMatch,
        };
        request.Metadata[IdHeader] = id;
        return (await client.PutObjectAsync(request, cancellation)).ETag;
    }

    /// <summary>Writes a content that begins with a full part and goes on in the stream; returns the ETag.</summary>
    /// <param name="part">The first part; its memory is used for the others, too.</param>
    /// <param name="rest">What follows.</param>
    /// <param name="cancellation">Ends the call and the upload.</param>
    public async Task<string> SendParts(byte[] part, Stream rest, CancellationToken cancellation)
    {
        InitiateMultipartUploadRequest begin = new() { BucketName = bucket, Key = name };
        begin.Metadata[IdHeader] = id;
        var upload = (await client.InitiateMultipartUploadAsync(begin, cancellation)).UploadId;
        try
        {
            List<PartETag> parts = [];
            for (var length = part.Length; length > 0; length = await Fill(part, rest, cancellation))
                parts.Add(await SendPart(upload, parts.Count + 1, part.AsMemory(0, length), cancellation));
            CompleteMultipartUploadRequest finish = new()
            {
                BucketName = bucket,
                Key = name,
                UploadId = upload,
                PartETags = parts,
                IfMatch = condition.ETag,
                IfNoneMatch = IfNoneMatch,
            };
            return (await client.CompleteMultipartUploadAsync(finish, cancellation)).ETag;
        }
        catch
        {
            await Abort(upload);
            throw;
        }
    }

    /// <summary>The ETag of the stored object when it is this very write, else null.</summary>
    public async Task<string?> FindOwn(CancellationToken cancellation)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = name }, cancellation);
            return head.Metadata[IdHeader] == id ? head.ETag : null;
        }
        catch (AmazonS3Exception e) when (S3Errors.IsNoObject(e))
        {
            return null;
        }
    }

    /// <summary>Reads until the buffer is full or the source ends; returns the count.</summary>
    public static async Task<int> Fill(Memory<byte> buffer, Stream source, CancellationToken cancellation)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var count = await ForeignReadException.Read(source, buffer[filled..], cancellation);
            if (count == 0)
                break;
            filled += count;
        }
        return filled;
    }

    private async Task<PartETag> SendPart(string upload, int number, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var answer = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = name,
                UploadId = upload,
                PartNumber = number,
                PartSize = content.Length,
                InputStream = ContentStream.Over(content),
            },
            cancellation);
        return new(answer);
    }

    private async Task Abort(string upload)
    {
        try
        {
            // Not the caller's token: it may be what ended the upload.
            await client.AbortMultipartUploadAsync(bucket, name, upload, CancellationToken.None);
        }
        catch (Exception e) when (S3Errors.IsStoreError(e, CancellationToken.None))
        {
            // What ended the upload is the error to report. Parts left behind are invisible and fall to the bucket's lifecycle rule.
        }
    }
}
