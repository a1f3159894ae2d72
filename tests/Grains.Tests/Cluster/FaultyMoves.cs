using Hts.Models;

namespace Hts.Tests.Cluster;

/// <summary>The real history of moves with faults in writes.</summary>
internal sealed class FaultyMoves(IModelMoveStore inner) : IModelMoveStore
{
    public Fault Writes { get; } = new();

    public Task Write(ModelMoveRow row, CancellationToken cancellation) => Writes.Around(() => inner.Write(row, cancellation));

    public Task<IReadOnlyList<ModelMoveRow>> List(long beforeId, int limit, CancellationToken cancellation) => inner.List(beforeId, limit, cancellation);

    public Task<IReadOnlyList<EpochMessage>> Epochs(int limit, CancellationToken cancellation) => inner.Epochs(limit, cancellation);

    public Task<ModelMoveRow?> FindLast(CancellationToken cancellation) => inner.FindLast(cancellation);

    public Task Intend(string pointer, CancellationToken cancellation) => inner.Intend(pointer, cancellation);

    public Task<string?> Intended(CancellationToken cancellation) => inner.Intended(cancellation);
}
