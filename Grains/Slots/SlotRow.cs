namespace Hts.Slots;

/// <summary>What a symbol's market knows at a slot boundary: the labels of the window that ended there and the state to restart from.</summary>
/// <param name="Ts">The window's end, Unix ms, on the slot grid.</param>
/// <param name="NetPct">Net return per strategy in percent, in the order of the strategy set; null when the window has no label.</param>
/// <param name="Sides">Number of fills per strategy.</param>
/// <param name="Complete">False when a bar of the window was missing or the strategies were not warm.</param>
/// <param name="StateHash">Hash of the feature schema the state belongs to.</param>
/// <param name="State">Path-dependent state of indicators and strategies after the window's last bar; empty when it was old and no longer kept.</param>
public sealed record SlotRow(
    string Symbol, long Ts, double[]? NetPct, double[]? GrossPct, int[]? Sides, bool Complete, string StateHash, byte[] State);
