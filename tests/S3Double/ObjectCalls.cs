using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Hts.S3Double;

/// <summary>The calls on objects.</summary>
internal sealed class ObjectCalls
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public S3Answer Answer(S3Bucket bucket, S3Call call, HttpRequest request, S3Body body, DateTimeOffset now) => call.Operation switch
    {
        "GetObject" => Read(bucket, call.Key, request, withBody: true),
        "HeadObject" => Read(bucket, call.Key, request, withBody: false),
        "PutObject" => Put(bucket, call.Key, request, body, Whole(now)),
        "DeleteObject" => Delete(bucket, call.Key),
        "CreateMultipartUpload" => Begin(bucket, call, request),
        "UploadPart" => Part(bucket, call.Key, request, body),
        "CompleteMultipartUpload" => Finish(bucket, call, request, body, Whole(now)),
        "AbortMultipartUpload" => Abort(bucket, call.Key, request),
        _ => throw new S3Error(501, "NotImplemented", $"{request.Method} of an object with these parameters is not served."),
    };

    public static string ETagOf(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    private static S3Answer Read(S3Bucket bucket, string key, HttpRequest request, bool withBody)
    {
        var blob = bucket.Find(key) ?? throw S3Error.NoSuchKey(key);
        var checksums = request.Headers["x-amz-checksum-mode"] == "ENABLED";
        var headers = blob.Headers.Where(h => checksums || !h.Name.StartsWith("x-amz-checksum-", StringComparison.Ordinal));
        return new(
            200,
            withBody ? blob.Content : [],
            [("ETag", blob.ETag), ("Last-Modified", blob.LastModified.ToString("R")), ("Content-Length", $"{blob.Content.Length}"), .. headers]);
    }

    private static S3Answer Put(S3Bucket bucket, string key, HttpRequest request, S3Body body, DateTimeOffset now)
    {
        S3Blob blob = new(body.Content, ETagOf(body.Content), now, [.. Kept(request), .. body.Checksums]);
        bucket.Put(key, blob, S3Conditions.Of(request));
        return new(200, [], [("ETag", blob.ETag), .. body.Checksums]);
    }

    private static S3Answer Delete(S3Bucket bucket, string key)
    {
        bucket.Delete(key);
        return new(204, []);
    }

    private static S3Answer Begin(S3Bucket bucket, S3Call call, HttpRequest request) => S3Answer.Xml(new(
        Namespace + "InitiateMultipartUploadResult",
        new XElement(Namespace + "Bucket", call.Bucket),
        new XElement(Namespace + "Key", call.Key),
        new XElement(Namespace + "UploadId", bucket.Begin(call.Key, Kept(request)))));

    private static S3Answer Part(S3Bucket bucket, string key, HttpRequest request, S3Body body)
    {
        if (!int.TryParse(request.Query["partNumber"], out var number) || number is < 1 or > 10_000)
            throw S3Error.Bad("InvalidArgument", "partNumber is 1 to 10000.");
        bucket.AddPart(request.Query["uploadId"]!, key, number, body.Content);
        return new(200, [], [("ETag", ETagOf(body.Content)), .. body.Checksums]);
    }

    private static S3Answer Finish(S3Bucket bucket, S3Call call, HttpRequest request, S3Body body, DateTimeOffset now)
    {
        var parts = XElement.Parse(Encoding.UTF8.GetString(body.Content)).Elements().Where(e => e.Name.LocalName == "Part").Select(
            part => (int.Parse(Child(part, "PartNumber")), Child(part, "ETag")));
        var blob = bucket.Finish(request.Query["uploadId"]!, call.Key, [.. parts], S3Conditions.Of(request), now);
        return S3Answer.Xml(new(
            Namespace + "CompleteMultipartUploadResult",
            new XElement(Namespace + "Bucket", call.Bucket),
            new XElement(Namespace + "Key", call.Key),
            new XElement(Namespace + "ETag", blob.ETag)));
    }

    private static S3Answer Abort(S3Bucket bucket, string key, HttpRequest request)
    {
        bucket.Abort(request.Query["uploadId"]!, key);
        return new(204, []);
    }

    private static string Child(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? throw S3Error.Bad("MalformedXML", $"{name} is missing.");

    private static List<(string Name, string Value)> Kept(HttpRequest request) =>
        [.. from header in request.Headers
            let name = header.Key.ToLowerInvariant()
            where name == "content-type" || name.StartsWith("x-amz-meta-", StringComparison.Ordinal)
            select (name, header.Value.ToString())];

    private static DateTimeOffset Whole(DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
}
