namespace Hts.Slots;

/// <summary>Durable labels and restart states, one row per symbol and slot boundary.</summary>
public interface ISlotStore
{
    /// <summary>
    /// Returns when durable; an existing row is replaced (late trades may revise a window), but for a complete one by an incomplete one of the
    /// same state hash: its bars are no longer kept.
    /// </summary>
    /// <returns>False when the symbol has a change of its bars that is not settled (<see cref="Bars.IBarStore.ReadChange"/>): the row may not agree with them.</returns>
    Task<bool> Write(SlotRow row, CancellationToken cancellation);

    /// <summary>The newest row at or before <paramref name="atOrBeforeTs"/> whose state has that hash.</summary>
    Task<SlotRow?> ReadState(string symbol, string stateHash, long atOrBeforeTs, CancellationToken cancellation);

    Task<IReadOnlyList<SlotRow>> Read(string symbol, long fromTs, long toTs, int limit, CancellationToken cancellation);
}
