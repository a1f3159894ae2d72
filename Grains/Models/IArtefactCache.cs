namespace Hts.Models;

/// <summary>Artefacts kept on this machine, by checksum: a silo that starts while object storage is away serves all the same.</summary>
public interface IArtefactCache
{
    /// <summary>The content of that SHA-256 (lower-case hex), which is used by that; null when it is not kept, or cannot be read whole.</summary>
    Task<ReadOnlyMemory<byte>?> Find(string sha256, CancellationToken cancellation);

    /// <summary>A content is in use, though not from here: it outlasts those that were used before. Nothing happens when it is not kept.</summary>
    void Touch(string sha256);

    /// <summary>Keeps a content. One that cannot be kept is no failure: it is in object storage.</summary>
    Task Keep(string sha256, ReadOnlyMemory<byte> content, CancellationToken cancellation);
}
