using Hts.Bars;
using Hts.Ledgers;

namespace Hts.Tests.Postgres;

/// <summary>Rows whose values all differ, so that a swapped column shows.</summary>
internal static class Sample
{
    public const long BarMs = 15_000;

    public const long SlotMs = 600_000;

    public static List<StoredBar> Bars(long fromTs, int count) => Enumerable.Range(0, count).Select(i =>
    {
        var open = 100 + (0.5 * Math.Sin(i));
        return new StoredBar(
            new Bar(fromTs + (i * BarMs), open, open + 1.25, open - 1.5, open + 0.125, i + 0.75, i * 0.5, i + 1, 1_000 + i),
            fromTs + ((i + 1) * BarMs) + 7,
            0);
    }).ToList();

    public static LedgerRow Row(string symbol, long baseTs, string role = "champion") => new(
        symbol, baseTs, role, "m-1", 3, baseTs + SlotMs, [1, 2, 3, 4, 5, 6], [-1, -2, -3, -4, -5, -6], [11, 12, 13, 14, 15, 16], "breakout", "above 2 bp", "f00",
        baseTs + 250)
    {
        SigmaSlot = 0.0031,
        GrossPct = [1.1, 2.1, 3.1, 4.1, 5.1, 6.1],
        Stands = [1, 0, 0, 1, 0, 0],
    };

    public static Settlement Settled(LedgerRow row) =>
        new(row.Symbol, row.BaseTs, row.Role, [.1, .2, .3, .4, .5, .6], row.TargetTs + 400, "settled") { Loss = 0.37 };
}
