namespace Hts.Slots;

/// <summary>Durable labels and restart states, one row per symbol and slot boundary.</summary>
public interface ISlotStore
{
    /// <summary>Returns when durable; an existing row is replaced (late trades may revise a window).</summary>
    Task Write(SlotRow row, CancellationToken cancellation);

    /// <summary>The newest row at or before <paramref name="atOrBeforeTs"/> whose state has that hash.</summary>
    Task<SlotRow?> ReadState(string symbol, string stateHash, long atOrBeforeTs, CancellationToken cancellation);

    Task<IReadOnlyList<SlotRow>> Read(string symbol, long fromTs, long toTs, int limit, CancellationToken cancellation);
}
