using Hts.Bars;
using Hts.Ledgers;

namespace Hts.Load.Store;

/// <summary>Rows to write; no two bars have the same values.</summary>
internal static class Rows
{
    public const long SlotMs = 600_000;

    private const long BarMs = 15_000;

    public static StoredBar[] Bars(long fromTs, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var open = 100 + (0.5 * Math.Sin(i));
            var ts = fromTs + (i * BarMs);
            return new StoredBar(new Bar(ts, open, open + 1, open - 1, open + 0.5, i + 0.75, i * 0.5, i + 1, 1_000 + i), ts + BarMs + 7, 0);
        }),
    ];

    public static LedgerRow Prediction(string symbol, long baseTs) => new(
        symbol, baseTs, "champion", "m-1", 3, baseTs + SlotMs, [1, 2, 3, 4, 5, 6], [-1, -2, -3, -4, -5, -6], [11, 12, 13, 14, 15, 16], "breakout",
        "above 2 bp", "f00", baseTs + 250);

    public static Settlement Settled(LedgerRow row) =>
        new(row.Symbol, row.BaseTs, row.Role, [.1, .2, .3, .4, .5, .6], row.TargetTs + 400, "settled");
}
