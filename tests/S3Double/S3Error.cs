namespace Hts.S3Double;

/// <summary>An error answer of S3.</summary>
public sealed class S3Error(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    internal static S3Error NoSuchBucket(string name) => new(404, "NoSuchBucket", $"The bucket '{name}' does not exist.");

    internal static S3Error NoSuchKey(string key) => new(404, "NoSuchKey", $"The key '{key}' does not exist.");

    internal static S3Error NoSuchUpload() => new(404, "NoSuchUpload", "The upload does not exist, was finished or aborted.");

    internal static S3Error PreconditionFailed(string header) => new(412, "PreconditionFailed", $"{header} did not hold.");

    internal static S3Error Denied(string code, string message) => new(403, code, message);

    internal static S3Error Bad(string code, string message) => new(400, code, message);
}
