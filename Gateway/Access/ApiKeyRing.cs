using System.Security.Cryptography;
using System.Text;
using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Access;

/// <summary>The configured keys. Digests of equal length are compared, each in fixed time, so that an answer's delay tells nothing.</summary>
internal sealed class ApiKeyRing(IOptions<GatewayOptions> options)
{
    private readonly ApiKey[] keys = [.. options.Value.Keys.Select(k => new ApiKey(k.Name, k.Admin, Digest(ApiKeySource.Read(k))))];

    /// <summary>Without keys everybody on loopback may do everything.</summary>
    public bool IsOpen => keys.Length == 0;

    public ApiKey? Find(string presented)
    {
        var digest = Digest(presented);
        ApiKey? found = null;
        foreach (var key in keys)
            if (CryptographicOperations.FixedTimeEquals(key.Digest, digest))
                found ??= key;
        return found;
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
