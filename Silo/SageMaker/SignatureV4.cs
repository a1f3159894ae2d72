using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hts.SageMaker;

/// <summary>AWS Signature Version 4 of a POST to a service's root, with all its AWS headers.</summary>
/// <remarks>Source: AWS General Reference, "Signature Version 4 signing process".</remarks>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Ending = "aws4_request";

    /// <summary>Adds the headers that a request needs to be signed, and its signature.</summary>
    /// <param name="token">Of a session; null or empty when the keys are somebody's own.</param>
    public static void Sign(
        HttpRequestMessage request, byte[] body, string accessKey, string secretKey, string? token, string region, string service, DateTimeOffset now)
    {
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var hash = Hex(SHA256.HashData(body));
        Set(request, "X-Amz-Date", date);
        Set(request, "X-Amz-Content-SHA256", hash);
        if (!string.IsNullOrEmpty(token))
            Set(request, "X-Amz-Security-Token", token);
        var headers = Signed(request);
        var names = string.Join(';', headers.Keys);
        var canonical = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{request.Method}\n{request.RequestUri!.AbsolutePath}\n{request.RequestUri.Query.TrimStart('?')}\n");
        foreach (var (name, value) in headers)
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{value}\n");
        canonical.Append(CultureInfo.InvariantCulture, $"\n{names}\n{hash}");

        var scope = $"{date[..8]}/{region}/{service}/{Ending}";
        var text = $"{Algorithm}\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in new[] { date[..8], region, service, Ending, text })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={accessKey}/{scope}, SignedHeaders={names}, Signature={Hex(key)}");
    }

    private static SortedDictionary<string, string> Signed(HttpRequestMessage request)
    {
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal)
        {
            ["host"] = request.Headers.Host ?? request.RequestUri!.Authority,
        };
        if (request.Content?.Headers.ContentType is { } type)
            headers["content-type"] = type.ToString();
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
                headers[name.ToLowerInvariant()] = string.Join(',', values).Trim();
        }
        return headers;
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.Add(name, value);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
