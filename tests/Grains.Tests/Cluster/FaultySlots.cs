using Hts.Slots;

namespace Hts.Tests.Cluster;

/// <summary>The real slot store with faults in writes.</summary>
internal sealed class FaultySlots(ISlotStore inner) : ISlotStore
{
    public Fault Writes { get; } = new();

    public Task<bool> Write(SlotRow row, CancellationToken cancellation) => Writes.Around(() => inner.Write(row, cancellation));

    public Task<SlotRow?> ReadState(string symbol, string stateHash, long atOrBeforeTs, CancellationToken cancellation) =>
        inner.ReadState(symbol, stateHash, atOrBeforeTs, cancellation);

    public Task<IReadOnlyList<SlotRow>> Read(string symbol, long fromTs, long toTs, int limit, CancellationToken cancellation) =>
        inner.Read(symbol, fromTs, toTs, limit, cancellation);
}
