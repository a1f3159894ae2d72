using Microsoft.AspNetCore.Http;

namespace Hts.S3Double;

/// <summary>One request, as its service names it.</summary>
/// <param name="Operation">Such as <c>PutObject</c>, <c>ListObjectsV2</c> or <c>CreateTrainingJob</c>.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The object's key, empty for calls on a bucket.</param>
public sealed record S3Call(string Operation, string Bucket, string Key)
{
    private const string TargetHead = "SageMaker.";

    /// <summary>All that are served, by name.</summary>
    internal static IReadOnlyList<string> Operations { get; } =
    [
        "ListObjectsV2", "CreateBucket", "HeadBucket", "CreateMultipartUpload", "CompleteMultipartUpload", "UploadPart", "AbortMultipartUpload",
        "GetObject", "HeadObject", "PutObject", "DeleteObject", "CreateTrainingJob", "DescribeTrainingJob", "StopTrainingJob",
    ];

    /// <summary>True for a call on SageMaker; it has neither bucket nor key.</summary>
    public bool IsSageMaker { get; private init; }

    internal static S3Call Of(HttpRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        if (target.StartsWith(TargetHead, StringComparison.Ordinal))
            return new(target[TargetHead.Length..], "", "") { IsSageMaker = true };
        var path = request.Path.Value![1..];
        var slash = path.IndexOf('/');
        var bucket = slash < 0 ? path : path[..slash];
        var key = slash < 0 ? "" : path[(slash + 1)..];
        return new(key.Length == 0 ? OnBucket(request) : OnObject(request), bucket, key);
    }

    private static string OnBucket(HttpRequest request) => request.Method switch
    {
        "GET" => "ListObjectsV2",
        "PUT" => "CreateBucket",
        "HEAD" => "HeadBucket",
        _ => "Unknown",
    };

    private static string OnObject(HttpRequest request) => (request.Method, request.Query.ContainsKey("uploads"), request.Query.ContainsKey("uploadId")) switch
    {
        ("POST", true, _) => "CreateMultipartUpload",
        ("POST", _, true) => "CompleteMultipartUpload",
        ("PUT", _, true) => "UploadPart",
        ("DELETE", _, true) => "AbortMultipartUpload",
        ("GET", _, false) => "GetObject",
        ("HEAD", _, _) => "HeadObject",
        ("PUT", _, _) => "PutObject",
        ("DELETE", _, _) => "DeleteObject",
        _ => "Unknown",
    };
}
