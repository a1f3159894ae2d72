using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Hts.Objects;

/// <summary>
/// Objects in an S3 bucket, below a prefix. Conditions are S3's own <c>If-Match</c> and <c>If-None-Match: *</c>. Content is
/// checksummed by the SDK on its way in and out.
/// </summary>
/// <param name="client">Disposed with the store.</param>
/// <param name="bucket">The bucket's name.</param>
/// <param name="prefix">Where in the bucket keys begin, without slashes at its ends; may be empty.</param>
/// <param name="partBytes">Length of the parts in which longer contents are sent; each put holds at most one part in memory.</param>
/// <param name="readLimit">How long a whole object, or a page of a listing, may take to be read, with all attempts.</param>
public sealed class S3ObjectStore(IAmazonS3 client, string bucket, string prefix, int partBytes, TimeSpan readLimit) : IObjectStore, IDisposable
{
    /// <summary>A content cut short on its way is asked for again so often in all.</summary>
    private const int ReadAttempts = 3;

    /// <summary>S3 answers 409 when conditional writes of one key meet; it asks to send such a write again.</summary>
    private const int ConflictAttempts = 5;

    private readonly string above = prefix.Length == 0 ? "" : prefix + "/";

    public Task<StoredObject?> Get(string key, long maxBytes, CancellationToken cancellation) =>
        InTime(key, Name(key), limited => Read(key, maxBytes, limited), cancellation);

    public async Task<Stream?> Open(string key, CancellationToken cancellation) =>
        await Request(key, cancellation) is { } response ? new S3ContentStream(response) : null;

    public async Task<string> Put(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation)
    {
        if (content.Length <= partBytes)
            return await Write(key, condition, upload => upload.Send(content, cancellation), mayRepeat: true, cancellation);
        using var stream = ContentStream.Over(content);
        return await Put(key, stream, condition, cancellation);
    }

    public async Task<string> Put(string key, Stream content, PutCondition condition, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        try
        {
            var part = await FirstPart(content, cancellation);
            return part.Length < partBytes
                ? await Write(key, condition, upload => upload.Send(part, cancellation), mayRepeat: true, cancellation)
                : await Write(key, condition, upload => upload.SendParts(part, content, cancellation), mayRepeat: false, cancellation);
        }
        catch (ForeignReadException e)
        {
            e.Rethrow();
            throw;
        }
    }

    public async IAsyncEnumerable<ObjectInfo> List(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ListObjectsV2Request request = new() { BucketName = bucket, Prefix = above + ObjectKey.CheckPrefix(prefix) };
        ListObjectsV2Response page;
        do
        {
            try
            {
                page = await InTime(prefix, Name(prefix), limited => client.ListObjectsV2Async(request, limited), cancellation);
            }
            catch (Exception e) when (S3Errors.IsStoreError(e, cancellation))
            {
                throw S3Errors.Translate(prefix, $"s3://{bucket}/{request.Prefix}", e);
            }
            // The SDK leaves a list without elements null.
            foreach (var found in page.S3Objects ?? [])
            {
                var key = found.Key[above.Length..];
                if (ObjectKey.IsValid(key))
                    yield return new(key, found.Size ?? 0, Timestamp(found.LastModified));
            }
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public async Task Delete(string key, CancellationToken cancellation)
    {
        try
        {
            await client.DeleteObjectAsync(bucket, above + ObjectKey.Check(key), cancellation);
        }
        catch (Exception e) when (S3Errors.IsStoreError(e, cancellation))
        {
            throw S3Errors.Translate(key, Name(key), e);
        }
    }

    public Uri UriOf(string key) => new(Name(ObjectKey.Check(key)));

    public bool TryKeyOf(Uri uri, out string key)
    {
        key = "";
        var start = Name("");
        var text = uri.OriginalString;
        if (!text.StartsWith(start, StringComparison.Ordinal) || !ObjectKey.IsValid(text[start.Length..]))
            return false;
        key = text[start.Length..];
        return true;
    }

    public void Dispose() => client.Dispose();

    private string Name(string key) => $"s3://{bucket}/{above}{key}";

    private static long Timestamp(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known.ToUniversalTime()).ToUnixTimeMilliseconds() : 0;

    // The SDK's own timeout ends with the head of an answer: a content that stalls would be waited for without end.
    private async Task<T> InTime<T>(string key, string name, Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(readLimit);
        try
        {
            return await read(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw S3Errors.Translate(key, name, new TimeoutException($"No whole answer within {readLimit.TotalSeconds:0} s.", e));
        }
    }

    private async Task<StoredObject?> Read(string key, long maxBytes, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await Request(key, cancellation);
            if (response is null)
                return null;
            if (response.ContentLength > maxBytes)
            {
                throw new ObjectStoreException(
                    key, ObjectFault.TooLarge, $"{Name(key)} is {response.ContentLength} bytes long, more than the {maxBytes} allowed.");
            }
            try
            {
                var content = new byte[response.ContentLength];
                await response.ResponseStream.ReadExactlyAsync(content, cancellation);
                // Reading on to the end is what makes the SDK compare the checksum.
                await response.ResponseStream.CopyToAsync(Stream.Null, cancellation);
                return new(content, response.ETag, Timestamp(response.LastModified));
            }
            catch (Exception e) when (S3Errors.IsStoreError(e, cancellation))
            {
                if (attempt == ReadAttempts)
                    throw S3Errors.Translate(key, Name(key), e);
            }
        }
    }

    private async Task<GetObjectResponse?> Request(string key, CancellationToken cancellation)
    {
        try
        {
            return await client.GetObjectAsync(bucket, above + ObjectKey.Check(key), cancellation);
        }
        catch (AmazonS3Exception e) when (S3Errors.IsNoObject(e))
        {
            return null;
        }
        catch (Exception e) when (S3Errors.IsStoreError(e, cancellation))
        {
            throw S3Errors.Translate(key, Name(key), e);
        }
    }

    private async Task<string> Write(
        string key, PutCondition condition, Func<S3Upload, Task<string>> send, bool mayRepeat, CancellationToken cancellation)
    {
        S3Upload upload = new(client, bucket, above + ObjectKey.Check(key), condition);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                try
                {
                    return await send(upload);
                }
                catch (AmazonS3Exception e) when (S3Errors.MayBeConflict(e, condition))
                {
                    if (await upload.FindOwn(cancellation) is { } etag)
                        return etag;
                    if (e.StatusCode == System.Net.HttpStatusCode.Conflict && mayRepeat && attempt < ConflictAttempts)
                        continue;
                    if (condition == PutCondition.None)
                        throw;
                    throw new ObjectConflictException(key, condition, e);
                }
            }
            catch (Exception e) when (S3Errors.IsStoreError(e, cancellation))
            {
                throw S3Errors.Translate(key, Name(key), e);
            }
        }
    }

    /// <summary>The beginning of the content: shorter than a part when that is all of it.</summary>
    private async Task<byte[]> FirstPart(Stream content, CancellationToken cancellation)
    {
        // A small content whose length is known needs no buffer of a whole part.
        var known = content.CanSeek ? content.Length - content.Position + 1 : partBytes;
        var buffer = new byte[Math.Clamp(known, 1, partBytes)];
        var filled = await S3Upload.Fill(buffer, content, cancellation);
        return filled == buffer.Length && filled < partBytes
            ? throw new IOException("The content grew while it was read.")
            : filled == buffer.Length ? buffer : buffer[..filled];
    }
}
