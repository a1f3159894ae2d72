using System.Diagnostics.Metrics;
using Hts.Ledgers;

namespace Hts.Predictions;

/// <summary>
/// Coverage of the intervals, by symbol and role: outcomes that lay within theirs, over all that had one. At 90 % it should be .9.
/// </summary>
internal static class CoverageInstruments
{
    public const string MeterName = "Hts.Predictions";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Outcomes =
        Meter.CreateCounter<long>("hts.intervals.outcomes", "{outcome}", "Outcomes of predictions that had an interval, by symbol and role");

    private static readonly Counter<long> Within =
        Meter.CreateCounter<long>("hts.intervals.within", "{outcome}", "Outcomes that lay within their interval, by symbol and role");

    /// <param name="outcomePct">One a strategy.</param>
    public static void Count(LedgerRow row, double[] outcomePct)
    {
        if (row is not { LowerPct: { } lower, UpperPct: { } upper })
            return;
        var within = 0;
        for (var s = 0; s < outcomePct.Length; s++)
            within += outcomePct[s] >= lower[s] && outcomePct[s] <= upper[s] ? 1 : 0;
        KeyValuePair<string, object?> symbol = new("symbol", row.Symbol), role = new("role", row.Role);
        Outcomes.Add(outcomePct.Length, symbol, role);
        Within.Add(within, symbol, role);
    }
}
