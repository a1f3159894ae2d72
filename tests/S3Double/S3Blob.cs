namespace Hts.S3Double;

/// <summary>A stored object.</summary>
/// <param name="Content">Its bytes, without any framing of the transport.</param>
/// <param name="ETag">Quoted, as S3 sends it.</param>
/// <param name="LastModified">When it was written, whole seconds as in S3's headers.</param>
/// <param name="Headers">Kept and sent back: type, metadata, checksums.</param>
public sealed record S3Blob(byte[] Content, string ETag, DateTimeOffset LastModified, IReadOnlyList<(string Name, string Value)> Headers);
