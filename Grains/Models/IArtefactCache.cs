namespace Hts.Models;

/// <summary>Artefacts kept on this machine, by checksum: a silo that starts while object storage is away serves all the same.</summary>
public interface IArtefactCache
{
    /// <summary>The content of that SHA-256 (lower-case hex); null when it is not kept, or not whole any more.</summary>
    Task<ReadOnlyMemory<byte>?> Find(string sha256, CancellationToken cancellation);

    /// <summary>Keeps a content. One that cannot be kept is no failure: it is in object storage.</summary>
    Task Keep(string sha256, ReadOnlyMemory<byte> content, CancellationToken cancellation);
}
