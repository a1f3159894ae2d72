using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hts.S3Double;

/// <summary>Checks AWS Signature Version 4 of a request's head, and tells what its body must satisfy.</summary>
internal sealed class SignatureCheck(IReadOnlyDictionary<string, S3Key> keys, TimeProvider time)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <param name="called">The service that the request must be signed for.</param>
    public BodySignature Check(HttpRequest request, string called)
    {
        var fields = Fields(request.Headers.Authorization.ToString());
        var credential = fields.GetValueOrDefault("Credential", "").Split('/');
        if (credential is not [var key, var day, var region, var service, "aws4_request"])
            throw S3Error.Denied("AccessDenied", "The request is not signed with Signature Version 4.");
        if (!keys.TryGetValue(key, out var known))
            throw S3Error.Denied("InvalidAccessKeyId", $"The access key '{key}' does not exist.");
        if (service != called)
            throw S3Error.Denied("SignatureDoesNotMatch", $"The credential is scoped to '{service}', not to '{called}'.");
        if (request.Headers["x-amz-security-token"].ToString() != (known.Token ?? ""))
            throw S3Error.Denied("InvalidToken", "The security token is not the one of the access key.");
        if (known.Expired)
            throw S3Error.Bad(called == "s3" ? "ExpiredToken" : "ExpiredTokenException", "The security token included in the request is expired");
        var date = request.Headers["x-amz-date"].ToString();
        if (!DateTimeOffset.TryParseExact(
                date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt)
            || !date.StartsWith(day, StringComparison.Ordinal))
            throw S3Error.Denied("AccessDenied", "x-amz-date is missing or does not fit the credential's scope.");
        if ((time.GetUtcNow() - signedAt).Duration() > Skew)
            throw S3Error.Denied("RequestTimeTooSkewed", "The request was signed too long ago or ahead.");
        var names = fields.GetValueOrDefault("SignedHeaders", "").Split(';');
        RequireSigned(request, names);

        var scope = $"{day}/{region}/{service}/aws4_request";
        var payload = request.Headers["x-amz-content-sha256"].ToString();
        var hash = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(request, names, payload))));
        var signing = SigningKey(known.Secret, day, region, service);
        var expected = Sign(signing, $"{Algorithm}\n{date}\n{scope}\n{hash}");
        return expected == fields.GetValueOrDefault("Signature")
            ? new(payload, expected, text => Sign(signing, text), $"{date}\n{scope}")
            : throw S3Error.Denied("SignatureDoesNotMatch", "The signature is not that of the request.");
    }

    private static void RequireSigned(HttpRequest request, string[] names)
    {
        foreach (var name in request.Headers.Keys.Select(n => n.ToLowerInvariant()))
        {
            if ((name == "host" || name.StartsWith("x-amz-", StringComparison.Ordinal)) && !names.Contains(name))
                throw S3Error.Denied("AccessDenied", $"The header {name} is not signed.");
        }
    }

    private static string Canonical(HttpRequest request, string[] names, string payload)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var mark = target.IndexOf('?');
        var path = string.Join('/', (mark < 0 ? target : target[..mark]).Split('/').Select(Encoded));
        var query = mark < 0 ? [] : target[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=');
            return equals < 0 ? (Encoded(pair), "") : (Encoded(pair[..equals]), Encoded(pair[(equals + 1)..]));
        }).OrderBy(pair => pair.Item1, StringComparer.Ordinal).ThenBy(pair => pair.Item2, StringComparer.Ordinal).Select(pair => $"{pair.Item1}={pair.Item2}");
        StringBuilder text = new();
        text.Append($"{request.Method}\n{path}\n{string.Join('&', query)}\n");
        foreach (var name in names)
            text.Append($"{name}:{string.Join(',', request.Headers[name].Select(v => v!.Trim()))}\n");
        return text.Append($"\n{string.Join(';', names)}\n{payload}").ToString();
    }

    private static string Encoded(string raw) => Uri.EscapeDataString(Uri.UnescapeDataString(raw));

    private static Dictionary<string, string> Fields(string header) => !header.StartsWith(Algorithm + " ", StringComparison.Ordinal)
        ? []
        : header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries).Select(field => field.Split('=', 2))
            .Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static byte[] SigningKey(string secretKey, string day, string region, string service)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var step in new[] { day, region, service, "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        return key;
    }

    private static string Sign(byte[] key, string text) => Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
