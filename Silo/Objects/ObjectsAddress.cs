using System.Text.RegularExpressions;

namespace Hts.Objects;

/// <summary>What an <see cref="ObjectsOptions.Uri"/> names: a bucket with a prefix, or a folder.</summary>
/// <param name="Bucket">The bucket, or null for a folder.</param>
/// <param name="Path">The prefix in the bucket without slashes at its ends (possibly empty), or the folder's absolute path.</param>
internal sealed partial record ObjectsAddress(string? Bucket, string Path)
{
    /// <summary>Why the address cannot be used, as the end of a sentence, or null.</summary>
    public static string? Problem(string uri)
    {
        if (uri.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            var (bucket, prefix) = Split(uri);
            if (!BucketName().IsMatch(bucket))
                return "does not name a bucket: s3://bucket or s3://bucket/prefix, bucket of 3 to 63 lower-case letters, digits, '.' and '-'";
            return prefix.Length == 0 || ObjectKey.IsValid(prefix) ? null : "has a prefix that is not a key";
        }
        if (!uri.Contains("://", StringComparison.Ordinal))
            return uri.Contains('\0') ? "is not a path" : null;
        return Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile && !parsed.IsUnc
            ? null
            : "is neither s3://bucket/prefix, nor file:///folder, nor a path";
    }

    /// <exception cref="ArgumentException">The address has a <see cref="Problem"/>.</exception>
    public static ObjectsAddress Parse(string uri)
    {
        if (uri.Length == 0 || Problem(uri) is not null)
            throw new ArgumentException($"'{uri}' {Problem(uri) ?? "names no place"}.", nameof(uri));
        if (uri.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            var (bucket, prefix) = Split(uri);
            return new(bucket, prefix);
        }
        var folder = uri.Contains("://", StringComparison.Ordinal) ? new Uri(uri).LocalPath : uri;
        return new(null, System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder)));
    }

    private static (string Bucket, string Prefix) Split(string uri)
    {
        var rest = uri["s3://".Length..];
        var slash = rest.IndexOf('/');
        return slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..].Trim('/'));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();
}
