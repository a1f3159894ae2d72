using Hts.Ledgers;

namespace Hts.Predictions;

/// <summary>The rows of one slot.</summary>
/// <param name="Champion">Predicted or explained.</param>
/// <param name="Shadows">Those of what predicts beside it; they come when they are ready, and none where the champion does not predict.</param>
internal sealed record SlotRows(LedgerRow Champion, Task<IReadOnlyList<LedgerRow>> Shadows)
{
    /// <summary>A slot that nothing else predicts.</summary>
    public static SlotRows Of(LedgerRow champion) => new(champion, Task.FromResult<IReadOnlyList<LedgerRow>>([]));
}
