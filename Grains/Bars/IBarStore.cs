namespace Hts.Bars;

/// <summary>Durable bars and marked holes of all symbols. Ranges are [from, to) in Unix ms; results ascend by time.</summary>
public interface IBarStore
{
    /// <summary>
    /// Returns when the bars are durable. A bar replaces a stored one only with a higher revision, so repeating a call changes nothing.
    /// </summary>
    /// <exception cref="StoreBusyException">The writer's queue is full.</exception>
    Task Write(string symbol, IReadOnlyList<StoredBar> bars, CancellationToken cancellation);

    /// <summary>
    /// As <see cref="Write"/>, for bars that do not come through their symbol's market. A durable note, in the same transaction, tells the
    /// market to run over them (<see cref="ReadChange"/>).
    /// </summary>
    /// <exception cref="StoreBusyException">The writer's queue is full.</exception>
    Task WriteBeside(string symbol, IReadOnlyList<StoredBar> bars, CancellationToken cancellation);

    /// <summary>What was written beside the symbol's market and is not settled yet; null when there is nothing.</summary>
    Task<HistoryChange?> ReadChange(string symbol, CancellationToken cancellation);

    /// <summary>The market has run over the bars of a change; when more came since it was read, it stays noted.</summary>
    Task SettleChange(string symbol, HistoryChange change, CancellationToken cancellation);

    Task<IReadOnlyList<StoredBar>> Read(string symbol, long fromTs, long toTs, int limit, CancellationToken cancellation);

    /// <summary>Up to <paramref name="count"/> newest bars before <paramref name="beforeTs"/>.</summary>
    Task<IReadOnlyList<StoredBar>> ReadLast(string symbol, int count, long beforeTs, CancellationToken cancellation);

    /// <summary>Streams in bounded memory, for training sets and audits.</summary>
    IAsyncEnumerable<StoredBar> Stream(string symbol, long fromTs, long toTs, CancellationToken cancellation);

    /// <summary>Bars rolled up to <paramref name="intervalMs"/>, a multiple of the base bar; the newest may be unfinished.</summary>
    Task<IReadOnlyList<Bar>> ReadRolled(
        string symbol, long intervalMs, long fromTs, long toTs, int limit, CancellationToken cancellation);

    /// <summary>
    /// Open time of the newest bar before <paramref name="beforeTs"/> that <see cref="ReadRolled"/> shows at that interval, to the minute or the
    /// hour where only its roll-up is left; null when there is none.
    /// </summary>
    Task<long?> ReadNewest(string symbol, long intervalMs, long beforeTs, CancellationToken cancellation);

    /// <summary>Marks a hole; overlapping marks of the same cause are merged, so repeating a call changes nothing.</summary>
    Task MarkGap(string symbol, Gap gap, CancellationToken cancellation);

    /// <summary>
    /// Bars came for a span after all: what marked holes have in it is repaired from now on; what they have beside it stays missing.
    /// </summary>
    Task FillGaps(string symbol, long fromTs, long toTs, long nowMs, CancellationToken cancellation);

    /// <summary>Keeps on record that a span was lost and has its bars again; repeating a call changes nothing.</summary>
    /// <param name="gap">Its <see cref="Gap.RepairedAt"/> is set.</param>
    Task MarkRepaired(string symbol, Gap gap, CancellationToken cancellation);

    /// <summary>Holes whose bars came after all, for people to see.</summary>
    Task<IReadOnlyList<Gap>> ReadRepairedGaps(string symbol, long fromTs, long toTs, CancellationToken cancellation);

    /// <summary>Marked holes that are missing still.</summary>
    Task<IReadOnlyList<Gap>> ReadGaps(string symbol, long fromTs, long toTs, CancellationToken cancellation);
}
