using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Hts.S3Double;

/// <summary>The calls on buckets.</summary>
internal sealed class BucketCalls
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public S3Answer Answer(S3Server server, S3Call call, HttpRequest request)
    {
        if (call.Operation == "CreateBucket")
        {
            server.Buckets.TryAdd(call.Bucket, new());
            return new(200, []);
        }
        var bucket = server.Buckets.GetValueOrDefault(call.Bucket) ?? throw S3Error.NoSuchBucket(call.Bucket);
        return call.Operation switch
        {
            "HeadBucket" => new(200, []),
            "ListObjectsV2" when request.Query["list-type"] == "2" => List(bucket, call.Bucket, request, server.PageSize),
            _ => throw new S3Error(501, "NotImplemented", $"{request.Method} of a bucket with these parameters is not served."),
        };
    }

    private static S3Answer List(S3Bucket bucket, string name, HttpRequest request, int pageSize)
    {
        var query = request.Query;
        var prefix = query["prefix"].ToString();
        var token = query["continuation-token"].ToString();
        var last = token.Length > 0 ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : query["start-after"].ToString();
        var limit = int.TryParse(query["max-keys"], out var asked) ? Math.Min(asked, pageSize) : pageSize;
        var found = bucket.After(prefix, last);
        var page = found.Take(limit).ToList();
        var encoded = query["encoding-type"] == "url";
        XElement root = new(
            Namespace + "ListBucketResult",
            new XElement(Namespace + "Name", name),
            new XElement(Namespace + "Prefix", Shown(prefix)),
            new XElement(Namespace + "KeyCount", page.Count),
            new XElement(Namespace + "MaxKeys", limit),
            new XElement(Namespace + "IsTruncated", found.Count > page.Count ? "true" : "false"));
        if (encoded)
            root.Add(new XElement(Namespace + "EncodingType", "url"));
        if (found.Count > page.Count)
            root.Add(new XElement(Namespace + "NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key))));
        foreach (var (key, blob) in page)
        {
            root.Add(new XElement(
                Namespace + "Contents",
                new XElement(Namespace + "Key", Shown(key)),
                new XElement(Namespace + "LastModified", blob.LastModified.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")),
                new XElement(Namespace + "ETag", blob.ETag),
                new XElement(Namespace + "Size", blob.Content.Length),
                new XElement(Namespace + "StorageClass", "STANDARD")));
        }
        return S3Answer.Xml(root);

        string Shown(string text) => encoded ? Uri.EscapeDataString(text) : text;
    }
}
