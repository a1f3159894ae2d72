using System.Collections.Concurrent;
using Hts.Models;

namespace Hts.Tests.Cluster;

/// <summary>The real catalogue with faults in writes.</summary>
internal sealed class FaultyModels(IModelStore inner) : IModelStore
{
    public Fault Writes { get; } = new();

    public ConcurrentBag<string[]> MeansAsked { get; } = [];

    public Task Write(ModelRow row, CancellationToken cancellation) => Writes.Around(() => inner.Write(row, cancellation));

    public Task<ModelRow?> Find(string version, CancellationToken cancellation) => inner.Find(version, cancellation);

    public Task<ModelRow?> FindAnchor(CancellationToken cancellation) => inner.FindAnchor(cancellation);

    public Task<IReadOnlyList<ModelRow>> List(int limit, CancellationToken cancellation) => inner.List(limit, cancellation);

    public Task<IReadOnlyDictionary<string, double[]>> Means(IReadOnlyCollection<string> versions, CancellationToken cancellation)
    {
        MeansAsked.Add([.. versions]);
        return inner.Means(versions, cancellation);
    }

    public Task<IReadOnlyDictionary<string, string>> Recipes(IReadOnlyCollection<string> versions, CancellationToken cancellation) =>
        inner.Recipes(versions, cancellation);

    public Task<IReadOnlyList<ModelRow>> ListAfter(long createdAt, string version, int limit, CancellationToken cancellation) =>
        inner.ListAfter(createdAt, version, limit, cancellation);
}
