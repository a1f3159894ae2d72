using Hts.Bars;
using Hts.Intervals;
using Hts.Ledgers;

namespace Hts.Predictions;

/// <summary>
/// The intervals of one symbol's roles. What they have learned is rebuilt from the last week of the ledger off the ticks' path: until
/// that is read, and while residuals are few, the models' own ends hold. Not for use by two threads at once.
/// </summary>
internal sealed class SymbolIntervals(int strategies, Grid grid, IntervalOptions options)
{
    private readonly Dictionary<string, OnlineIntervals> roles = [];
    private List<(LedgerRow Row, double[] OutcomePct)>? waiting = [];

    /// <summary>The row with the intervals that its role has learned.</summary>
    public LedgerRow Fit(LedgerRow row)
    {
        if (waiting is not null || row is not { PredictedPct: { } predicted, LowerPct: { } lower, UpperPct: { } upper, Stands: { } stands }
            || !(row.SigmaSlot > 0) || !roles.TryGetValue(row.Role, out var intervals))
            return row;
        var scale = row.SigmaSlot.Value * 100;
        double[] fittedLower = [.. lower], fittedUpper = [.. upper];
        for (var s = 0; s < predicted.Length; s++)
            if (intervals.Learned(s, stands[s] != 0) is { } ends)
                (fittedLower[s], fittedUpper[s]) = (predicted[s] + (scale * ends.Lower), predicted[s] + (scale * ends.Upper));
        return row with { LowerPct = fittedLower, UpperPct = fittedUpper };
    }

    /// <summary>Takes a settled row in.</summary>
    public void Observe(LedgerRow row, double[] outcomePct)
    {
        CoverageInstruments.Count(row, outcomePct);
        if (waiting is not null)
            waiting.Add((row, outcomePct));
        else
            Learn(row, outcomePct);
    }

    /// <summary>Takes in what was settled before, oldest first, then what was settled meanwhile.</summary>
    public void Restore(IEnumerable<LedgerEntry> settled)
    {
        var meanwhile = waiting ?? [];
        waiting = null;
        var twice = meanwhile.Select(m => (m.Row.BaseTs, m.Row.Role)).ToHashSet();
        foreach (var entry in settled)
            if (entry.Settlement?.OutcomePct is { } outcome && !twice.Contains((entry.Row.BaseTs, entry.Row.Role)))
                Learn(entry.Row, outcome);
        foreach (var (row, outcome) in meanwhile)
            Learn(row, outcome);
    }

    private void Learn(LedgerRow row, double[] outcomePct)
    {
        if (row is not { PredictedPct: { } predicted, Stands: { } stands } || !(row.SigmaSlot > 0))
            return;
        if (!roles.TryGetValue(row.Role, out var intervals))
            roles[row.Role] = intervals = new OnlineIntervals(strategies, options);
        for (var s = 0; s < predicted.Length; s++)
        {
            var residual = (outcomePct[s] - predicted[s]) / (row.SigmaSlot.Value * 100);
            if (double.IsFinite(residual))
                intervals.Observe(row.BaseTs / grid.SlotMs, s, stands[s] != 0, residual, Held(row, s, outcomePct[s]));
        }
    }

    private static bool? Held(LedgerRow row, int s, double outcome) =>
        row is { LowerPct: { } lower, UpperPct: { } upper } ? outcome >= lower[s] && outcome <= upper[s] : null;
}
