using Hts.Bars;

namespace Hts.Tests.Cluster;

/// <summary>The real bar store with faults in writes, streams and the repair of holes.</summary>
internal sealed class FaultyBars(IBarStore inner) : IBarStore
{
    public Fault Writes { get; } = new();

    public Fault Streams { get; } = new();

    public Fault Fills { get; } = new();

    public int ChangeReads { get; private set; }

    public Task Write(string symbol, IReadOnlyList<StoredBar> bars, CancellationToken cancellation) =>
        Writes.Around(() => inner.Write(symbol, bars, cancellation));

    public Task WriteBeside(string symbol, IReadOnlyList<StoredBar> bars, CancellationToken cancellation) =>
        inner.WriteBeside(symbol, bars, cancellation);

    public Task<HistoryChange?> ReadChange(string symbol, CancellationToken cancellation)
    {
        ChangeReads++;
        return inner.ReadChange(symbol, cancellation);
    }

    public Task SettleChange(string symbol, HistoryChange change, CancellationToken cancellation) =>
        inner.SettleChange(symbol, change, cancellation);

    public Task<IReadOnlyList<StoredBar>> Read(string symbol, long fromTs, long toTs, int limit, CancellationToken cancellation) =>
        inner.Read(symbol, fromTs, toTs, limit, cancellation);

    public Task<IReadOnlyList<StoredBar>> ReadLast(string symbol, int count, long beforeTs, CancellationToken cancellation) =>
        inner.ReadLast(symbol, count, beforeTs, cancellation);

    public async IAsyncEnumerable<StoredBar> Stream(
        string symbol, long fromTs, long toTs, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Streams.Around(() => Task.CompletedTask);
        await foreach (var bar in inner.Stream(symbol, fromTs, toTs, cancellation))
            yield return bar;
    }

    public Task<IReadOnlyList<Bar>> ReadRolled(
        string symbol, long intervalMs, long fromTs, long toTs, int limit, CancellationToken cancellation) =>
        inner.ReadRolled(symbol, intervalMs, fromTs, toTs, limit, cancellation);

    public Task<long?> ReadNewest(string symbol, long intervalMs, long beforeTs, CancellationToken cancellation) =>
        inner.ReadNewest(symbol, intervalMs, beforeTs, cancellation);

    public Task MarkGap(string symbol, Gap gap, CancellationToken cancellation) => inner.MarkGap(symbol, gap, cancellation);

    public Task FillGaps(string symbol, long fromTs, long toTs, long nowMs, CancellationToken cancellation) =>
        Fills.Around(() => inner.FillGaps(symbol, fromTs, toTs, nowMs, cancellation));

    public Task MarkRepaired(string symbol, Gap gap, CancellationToken cancellation) => inner.MarkRepaired(symbol, gap, cancellation);

    public Task<IReadOnlyList<Gap>> ReadRepairedGaps(string symbol, long fromTs, long toTs, CancellationToken cancellation) =>
        inner.ReadRepairedGaps(symbol, fromTs, toTs, cancellation);

    public Task<IReadOnlyList<Gap>> ReadGaps(string symbol, long fromTs, long toTs, CancellationToken cancellation) =>
        inner.ReadGaps(symbol, fromTs, toTs, cancellation);
}
