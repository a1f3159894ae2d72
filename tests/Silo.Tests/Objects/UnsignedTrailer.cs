using System.Security.Cryptography;
using System.Text;
using Hts.S3Double;

namespace Hts.Tests.Objects;

/// <summary>
/// A put with unsigned chunks and a trailing checksum, as the SDK sends it over TLS, signed here by the published recipe of
/// Signature Version 4 and not by the double's own code.
/// </summary>
internal static class UnsignedTrailer
{
    public static HttpRequestMessage Put(Uri target, string body, int decodedLength)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (day, date) = (now.ToString("yyyyMMdd"), now.ToString("yyyyMMdd'T'HHmmss'Z'"));
        (string Name, string Value)[] headers =
        [
            ("host", target.Authority),
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-date", date),
            ("x-amz-decoded-content-length", $"{decodedLength}"),
            ("x-amz-trailer", "x-amz-checksum-crc32"),
        ];
        var names = string.Join(';', headers.Select(h => h.Name));
        var canonical = $"PUT\n{target.AbsolutePath}\n\n{string.Concat(headers.Select(h => $"{h.Name}:{h.Value}\n"))}\n{names}\n{headers[1].Value}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{day}/eu-central-1/s3/aws4_request\n{hash}";
        var key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + S3Server.SecretKey), day), "eu-central-1"), "s3"), "aws4_request");

        HttpRequestMessage request = new(HttpMethod.Put, target) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={S3Server.AccessKey}/{day}/eu-central-1/s3/aws4_request, SignedHeaders={names}, "
            + $"Signature={Convert.ToHexStringLower(Hmac(key, toSign))}");
        return request;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
