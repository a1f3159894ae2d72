using Hts.Events;

namespace Hts.Tests.Cluster;

/// <summary>The real status log with faults in writes.</summary>
internal sealed class FaultyEvents(IEventStore inner) : IEventStore
{
    public Fault Writes { get; } = new();

    public Task<EventRow> Write(EventRow row, CancellationToken cancellation) => Writes.Around(() => inner.Write(row, cancellation));

    public Task<IReadOnlyList<EventRow>> Read(long beforeId, string? symbol, int limit, CancellationToken cancellation) =>
        inner.Read(beforeId, symbol, limit, cancellation);
}
