using Hts.Bars;
using Hts.Features;
using Hts.Labels;

namespace Hts.Tests.Cluster;

/// <summary>The batch side: features and labels of a market straight from its final bars, holes included.</summary>
internal static class Reference
{
    public static Dictionary<long, (float[] Market, WindowLabel Label)> Of(IEnumerable<Bar> bars, long? runTo = null)
    {
        var found = new Dictionary<long, (float[], WindowLabel)>();
        var run = new SymbolRun(Worlds.Schema, ended =>
        {
            var own = new float[Worlds.Schema.MarketCount];
            found[ended.EndTs] = (ended.Features.TryRead(own) ? own : [], ended.Features.LastLabel.Copy());
        });
        foreach (var bar in bars.OrderBy(b => b.Ts))
            run.Take(bar);
        run.RunTo(runTo ?? 0);
        return found;
    }

    /// <summary>A label's net returns as the ledger and the slots' table hold them.</summary>
    public static double[] NetPct(WindowLabel label) => [.. label.Net.Select(n => n * 100)];

    public static float[] MarketPart(float[] row) => row[Worlds.Schema.MarketOffset..(Worlds.Schema.MarketOffset + Worlds.Schema.MarketCount)];
}
