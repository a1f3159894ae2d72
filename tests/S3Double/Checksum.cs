using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hts.S3Double;

/// <summary>The checksums that a client may send with a content.</summary>
internal static class Checksum
{
    private const string Prefix = "x-amz-checksum-";

    // Reflected polynomials of CRC-32 (IEEE 802.3) and CRC-32C (Castagnoli).
    private const uint Ieee = 0xEDB88320;
    private const uint Castagnoli = 0x82F63B78;

    /// <summary>Returns the checksum headers among the fields, each verified.</summary>
    public static IReadOnlyList<(string Name, string Value)> Verify(byte[] content, IEnumerable<(string Name, string Value)> fields)
    {
        List<(string, string)> found = [];
        foreach (var (name, value) in fields)
        {
            if (name == "content-md5" && value != Convert.ToBase64String(MD5.HashData(content)))
                throw S3Error.Bad("BadDigest", "Content-MD5 is not that of the content.");
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || Compute(name[Prefix.Length..], content) is not { } computed)
                continue;
            if (value != Convert.ToBase64String(computed))
                throw S3Error.Bad("BadDigest", $"{name} is not that of the content.");
            found.Add((name, value));
        }
        return found;
    }

    private static byte[]? Compute(string algorithm, byte[] content) => algorithm switch
    {
        "crc32" => Crc(content, Ieee),
        "crc32c" => Crc(content, Castagnoli),
        "sha1" => SHA1.HashData(content),
        "sha256" => SHA256.HashData(content),
        "type" or "algorithm" or "mode" => null,
        _ => throw new S3Error(501, "NotImplemented", $"The checksum {algorithm} is not served."),
    };

    private static byte[] Crc(byte[] content, uint polynomial)
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            table[i] = i;
            for (var bit = 0; bit < 8; bit++)
                table[i] = (table[i] >> 1) ^ ((table[i] & 1) * polynomial);
        }
        var crc = uint.MaxValue;
        foreach (var b in content)
            crc = (crc >> 8) ^ table[(crc ^ b) & 0xFF];
        var result = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(result, ~crc);
        return result;
    }
}
