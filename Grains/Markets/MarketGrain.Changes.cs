using Hts.Bars;
using Hts.Slots;

namespace Hts.Markets;

/// <summary>
/// Bars that were written beside the market, by an import or a back-fill. It is rebuilt from the first of them on, as from bars of its own
/// that change the past; the note stays until all rows are stored, so a crash in between is healed by the next activation.
/// </summary>
internal sealed partial class MarketGrain
{
    // What the market has run over, while its rows are not all stored.
    private HistoryChange? change;
    private bool isChangeNoted;

    /// <summary>The instant after which stored states are of no use, for an activation: by changes of the market's own or beside it.</summary>
    private async Task<long> ChangedFrom(CancellationToken cancellation)
    {
        change = await bars.ReadChange(Symbol, cancellation);
        return Math.Min(progress.State.RebuildFrom ?? long.MaxValue, change?.FromTs ?? long.MaxValue);
    }

    // The answer to a slot's row tells of changes: looking for them costs nothing more, a bar or a slot.
    private async Task WriteRow(SlotRow row) => isChangeNoted |= !await slots.Write(row, CancellationToken.None);

    private async Task TakeChange()
    {
        if (isChangeNoted && change is null && await bars.ReadChange(Symbol, CancellationToken.None) is { } noted)
        {
            await RebuildFrom(noted);
            await StoreRows();
        }
        // Also true for rows of this rebuild; what was noted after it is told by the next slot's row.
        isChangeNoted = false;
        if (change is null)
            return;
        await bars.SettleChange(Symbol, change, CancellationToken.None);
        change = null;
    }

    private async Task RebuildFrom(HistoryChange noted)
    {
        try
        {
            await Rebuild(noted.FromTs, CancellationToken.None);
        }
        catch
        {
            // The market in memory ends somewhere: the next activation reads what is stored.
            DeactivateOnIdle();
            throw;
        }
        change = noted;
        firstTs = Math.Min(firstTs ?? long.MaxValue, noted.FromTs);
    }
}
