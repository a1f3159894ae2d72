namespace Hts.Models;

/// <summary>
/// Durable history of the registry, and this cluster's memory of the epochs it has followed: answers about slots stand even when
/// object storage is away or was restored to an earlier state.
/// </summary>
public interface IModelMoveStore
{
    /// <summary>Appends the line; one whose epoch is there already is left out.</summary>
    Task Write(ModelMoveRow row, CancellationToken cancellation);

    /// <summary>Lines with id &lt; <paramref name="beforeId"/>, newest first.</summary>
    Task<IReadOnlyList<ModelMoveRow>> List(long beforeId, int limit, CancellationToken cancellation);

    /// <summary>The epochs with the highest numbers, highest first.</summary>
    Task<IReadOnlyList<EpochMessage>> Epochs(int limit, CancellationToken cancellation);

    /// <summary>The newest line that made an epoch or refused another writer's pointer; null when there is none.</summary>
    Task<ModelMoveRow?> FindLast(CancellationToken cancellation);

    /// <summary>Remembers the digest of the pointer that is about to be written, in the place of the one before.</summary>
    Task Intend(string pointer, CancellationToken cancellation);

    /// <summary>The digest remembered last; null when there was none.</summary>
    Task<string?> Intended(CancellationToken cancellation);
}
