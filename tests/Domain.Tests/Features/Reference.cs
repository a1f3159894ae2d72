using Hts.Bars;

namespace Hts.Tests.Features;

/// <summary>The price features, written down a second time as plainly as can be.</summary>
internal static class Reference
{
    public static double SigmaSlot(Bar[] known, Grid grid) => Deviation(Returns(known).TakeLast(240)) * Math.Sqrt(grid.BarsPerSlot);

    public static double[] Prices(Bar[] known, Grid grid)
    {
        var sigmaSlot = SigmaSlot(known, grid);
        var sigmaBar = sigmaSlot / Math.Sqrt(grid.BarsPerSlot);
        var returns = Returns(known);
        var day = known.TakeLast(240).Select(b => b.Volume).ToArray();
        var recent = known.TakeLast(10).Average(b => b.Volume);
        return
        [
            .. new[] { 1, 4, 10, 20, 40, 80, 240 }.Select(n => Math.Log(known[^1].Close / known[^(n + 1)].Close) / (sigmaBar * Math.Sqrt(n))),
            Math.Log(Deviation(returns.TakeLast(20)) / sigmaBar),
            Math.Log(Deviation(returns.TakeLast(80)) / sigmaBar),
            Math.Log(sigmaSlot / 0.0010),
            (recent - day.Average()) / Deviation(day),
            Math.Log(recent / day.Average()),
            Imbalance(known.TakeLast(10)),
            Imbalance(known.TakeLast(40)),
        ];
    }

    private static double[] Returns(Bar[] known) => [.. known.Zip(known.Skip(1), (a, b) => Math.Log(b.Close / a.Close))];

    private static double Deviation(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return Math.Sqrt(all.Average(v => (v - mean) * (v - mean)));
    }

    private static double Imbalance(IEnumerable<Bar> bars) =>
        bars.Sum(b => b.TakerBuyVolume - (b.Volume - b.TakerBuyVolume)) / bars.Sum(b => b.Volume);
}
