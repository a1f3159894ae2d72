using System.Security.Cryptography;
using System.Text;

namespace Hts.S3Double;

/// <summary>What a request's body must satisfy, by its <c>x-amz-content-sha256</c>; chunks are signed in a chain from the head on.</summary>
/// <param name="payload">The header: a hash of the body, or the name of a framing.</param>
/// <param name="seed">The signature of the head.</param>
/// <param name="sign">Signs a text with the request's key.</param>
/// <param name="stamp">Date and scope, as each text to sign holds them.</param>
internal sealed class BodySignature(string payload, string seed, Func<string, string> sign, string stamp)
{
    private static readonly string Nothing = Convert.ToHexStringLower(SHA256.HashData([]));
    private string previous = seed;

    public string Payload { get; } = payload;

    public bool IsChunked => Payload.StartsWith("STREAMING-", StringComparison.Ordinal);

    public bool HasSignedChunks => Payload is "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

    public bool HasTrailer => Payload.EndsWith("-TRAILER", StringComparison.Ordinal);

    public void CheckWhole(byte[] body)
    {
        if (Payload != "UNSIGNED-PAYLOAD" && Payload != Convert.ToHexStringLower(SHA256.HashData(body)))
            throw S3Error.Bad("XAmzContentSHA256Mismatch", "The body is not the one that was signed.");
    }

    public void CheckChunk(ReadOnlySpan<byte> chunk, string signature) =>
        Check($"AWS4-HMAC-SHA256-PAYLOAD\n{stamp}\n{previous}\n{Nothing}\n{Hash(chunk)}", signature);

    public void CheckTrailer(string trailer, string signature) =>
        Check($"AWS4-HMAC-SHA256-TRAILER\n{stamp}\n{previous}\n{Hash(Encoding.UTF8.GetBytes(trailer))}", signature);

    private void Check(string text, string signature)
    {
        if (sign(text) != signature)
            throw S3Error.Denied("SignatureDoesNotMatch", "The signature of a chunk or trailer is not right.");
        previous = signature;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
