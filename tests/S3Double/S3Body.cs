using Microsoft.AspNetCore.Http;

namespace Hts.S3Double;

/// <summary>The body of a request, freed of its framing and checked.</summary>
/// <param name="Content">What the client wants stored.</param>
/// <param name="Checksums">The checksum headers, verified, to keep with the object.</param>
internal sealed record S3Body(byte[] Content, IReadOnlyList<(string Name, string Value)> Checksums)
{
    /// <exception cref="BadHttpRequestException">The connection ended before the body did: nothing may be stored.</exception>
    public static async Task<S3Body> Read(HttpRequest request, BodySignature signature)
    {
        using MemoryStream raw = new();
        await request.Body.CopyToAsync(raw, request.HttpContext.RequestAborted);
        List<(string Name, string Value)> fields = [.. from header in request.Headers select (header.Key.ToLowerInvariant(), header.Value.ToString())];
        var content = raw.ToArray();
        if (signature.IsChunked)
        {
            content = ChunkedBody.Decode(content, signature, fields);
            if (request.Headers["x-amz-decoded-content-length"] != $"{content.Length}")
                throw S3Error.Bad("IncompleteBody", "The content is not as long as x-amz-decoded-content-length says.");
        }
        else
        {
            signature.CheckWhole(content);
        }
        return new(content, Checksum.Verify(content, fields));
    }
}
