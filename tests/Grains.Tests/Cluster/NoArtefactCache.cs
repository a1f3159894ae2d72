using Hts.Models;

namespace Hts.Tests.Cluster;

/// <summary>Keeps nothing, so that faults of object storage are met.</summary>
internal sealed class NoArtefactCache : IArtefactCache
{
    public Task<ReadOnlyMemory<byte>?> Find(string sha256, CancellationToken cancellation) => Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public void Touch(string sha256)
    {
    }

    public Task Keep(string sha256, ReadOnlyMemory<byte> content, CancellationToken cancellation) => Task.CompletedTask;
}
