namespace Hts.Ledgers;

/// <summary>What really happened in a predicted window, or why that cannot be said.</summary>
/// <param name="OutcomePct">Net return per strategy in percent, in the order of the strategy set; null when the window has no label.</param>
/// <param name="Reason">"settled", or why there is no outcome.</param>
public sealed record Settlement(string Symbol, long BaseTs, string Role, double[]? OutcomePct, long SettledAt, string Reason)
{
    /// <summary>Huber loss of the slot in σ units (<see cref="Scores.Huber.SlotLoss"/>); null when nothing was predicted or came.</summary>
    public double? Loss { get; init; }
}
