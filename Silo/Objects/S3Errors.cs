using System.Net;
using Amazon.Runtime;

namespace Hts.Objects;

/// <summary>Tells the failures of S3 apart.</summary>
internal static class S3Errors
{
    /// <summary>True for what the SDK and its transport throw, other than the caller's own cancellation.</summary>
    public static bool IsStoreError(Exception error, CancellationToken cancellation) =>
        error is AmazonClientException or AmazonServiceException or HttpRequestException or IOException
        || (error is OperationCanceledException && !cancellation.IsCancellationRequested);

    /// <summary>True when the object (not the bucket) does not exist.</summary>
    public static bool IsNoObject(AmazonServiceException error) =>
        error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode is not ("NoSuchBucket" or "NoSuchUpload");

    /// <summary>True when a condition was refused, or a part of its upload is gone because an earlier attempt finished it.</summary>
    public static bool MayBeConflict(AmazonServiceException error, PutCondition condition) => error.StatusCode switch
    {
        HttpStatusCode.PreconditionFailed => true,
        HttpStatusCode.Conflict => true,
        HttpStatusCode.NotFound => error.ErrorCode == "NoSuchUpload" || (condition.ETag is not null && IsNoObject(error)),
        _ => false,
    };

    public static ObjectStoreException Translate(string key, string uri, Exception error)
    {
        var fault = error switch
        {
            AmazonServiceException { StatusCode: > 0 } answer => FaultOf(answer),
            AmazonServiceException or HttpRequestException or IOException or OperationCanceledException or TimeoutException => ObjectFault.Unreachable,
            // Raised before anything is sent: the SDK found no credentials.
            AmazonClientException => ObjectFault.Denied,
            _ => ObjectFault.Other,
        };
        var code = error is AmazonServiceException { ErrorCode: { Length: > 0 } name } ? $"{name}: " : "";
        return new(key, fault, $"{uri}: {code}{error.Message}", error);
    }

    private static ObjectFault FaultOf(AmazonServiceException error) => (error.ErrorCode, error.StatusCode) switch
    {
        ("NoSuchBucket", _) => ObjectFault.NotFound,
        ("ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" or "RequestExpired", _) => ObjectFault.Denied,
        (_, HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) => ObjectFault.Denied,
        ("SlowDown" or "RequestTimeout", _) => ObjectFault.Unreachable,
        (_, HttpStatusCode.InsufficientStorage) => ObjectFault.Full,
        (_, HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError) => ObjectFault.Unreachable,
        _ => ObjectFault.Other,
    };
}
