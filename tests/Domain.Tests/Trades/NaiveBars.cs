using Hts.Bars;
using Hts.Trades;

namespace Hts.Tests.Trades;

/// <summary>Bars the slow way: group, sort, sum. What the aggregator must equal to the bit.</summary>
internal static class NaiveBars
{
    /// <param name="vouchedTo">Quiet intervals before this instant are flat whatever the silence.</param>
    public static List<Bar> Of(IEnumerable<Trade> trades, Grid grid, long maxQuietMs, long vouchedTo = 0)
    {
        var sorted = trades.DistinctBy(t => t.Id).OrderBy(t => t.Ts).ThenBy(t => t.Id).ToList();
        var bars = new List<Bar>();
        long lastTs = 0, maxId = 0;
        foreach (var interval in sorted.GroupBy(t => grid.BarOf(t.Ts)))
        {
            var all = interval.ToList();
            for (var ts = bars.Count == 0 ? interval.Key : bars[^1].Ts + grid.BarMs; ts < interval.Key; ts += grid.BarMs)
            {
                if (ts + grid.BarMs <= vouchedTo || all[0].Ts - Math.Max(lastTs, vouchedTo) <= maxQuietMs)
                    bars.Add(Bar.Flat(ts, bars[^1].Close, maxId));
            }
            maxId = Math.Max(maxId, all.Max(t => t.Id));
            lastTs = all[^1].Ts;
            bars.Add(new Bar(
                interval.Key,
                all[0].Price,
                all.Max(t => t.Price),
                all.Min(t => t.Price),
                all[^1].Price,
                Sum(all),
                Sum(all.Where(t => !t.BuyerIsMaker)),
                all.Count,
                maxId));
        }
        for (var ts = bars.Count == 0 ? vouchedTo : bars[^1].Ts + grid.BarMs; ts + grid.BarMs <= vouchedTo; ts += grid.BarMs)
            bars.Add(Bar.Flat(ts, bars[^1].Close, maxId));
        return bars;
    }

    private static double Sum(IEnumerable<Trade> trades) => (double)trades.Sum(t => (decimal)Math.Round(t.Quantity * 1e8)) / 1e8;
}
