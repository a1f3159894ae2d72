using System.Security.Cryptography;

namespace Hts.S3Double;

/// <summary>An upload in parts that is not finished yet.</summary>
internal sealed record S3Upload(string Key, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Every part but the last has at least this length.</summary>
    private const int LeastPartBytes = 5 << 20;

    public SortedDictionary<int, byte[]> Parts { get; } = [];

    /// <summary>The object that the listed parts make; its ETag is the hash of their hashes, with their count.</summary>
    public S3Blob Join(IReadOnlyList<(int Number, string ETag)> listed, DateTimeOffset now)
    {
        if (listed.Count == 0)
            throw S3Error.Bad("MalformedXML", "No parts are listed.");
        List<byte[]> contents = [];
        List<byte> hashes = [];
        var before = 0;
        foreach (var (number, etag) in listed)
        {
            if (number <= before)
                throw S3Error.Bad("InvalidPartOrder", "Parts must be listed in ascending order.");
            before = number;
            if (!Parts.TryGetValue(number, out var content) || ObjectCalls.ETagOf(content).Trim('"') != etag.Trim('"'))
                throw S3Error.Bad("InvalidPart", $"Part {number} is missing or has another ETag.");
            if (content.Length < LeastPartBytes && number != listed[^1].Number)
                throw S3Error.Bad("EntityTooSmall", $"Part {number} has {content.Length} bytes.");
            contents.Add(content);
            hashes.AddRange(MD5.HashData(content));
        }
        var tag = $"\"{Convert.ToHexStringLower(MD5.HashData([.. hashes]))}-{listed.Count}\"";
        return new([.. contents.SelectMany(c => c)], tag, now, Headers);
    }
}
