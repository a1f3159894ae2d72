using Microsoft.AspNetCore.Http;

namespace Hts.S3Double;

/// <summary>The conditions of a write.</summary>
internal sealed record S3Conditions(string? IfMatch, string? IfNoneMatch)
{
    public static S3Conditions Of(HttpRequest request) => new(Header(request, "If-Match"), Header(request, "If-None-Match"));

    public void Check(string key, S3Blob? current)
    {
        if (IfNoneMatch is not null and not "*")
            throw new S3Error(501, "NotImplemented", "If-None-Match of a write takes only '*'.");
        if (IfNoneMatch == "*" && current is not null)
            throw S3Error.PreconditionFailed("If-None-Match");
        if (IfMatch is null)
            return;
        if (current is null)
            throw S3Error.NoSuchKey(key);
        if (IfMatch.Trim('"') != current.ETag.Trim('"'))
            throw S3Error.PreconditionFailed("If-Match");
    }

    private static string? Header(HttpRequest request, string name) => request.Headers[name] is [{ Length: > 0 } value] ? value : null;
}
