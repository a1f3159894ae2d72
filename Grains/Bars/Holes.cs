namespace Hts.Bars;

/// <summary>What a symbol's stored bars lack.</summary>
public static class Holes
{
    /// <summary>The stretches of [fromTs, toTs), both on the grid, that have no stored bars; ascending.</summary>
    public static async Task<IReadOnlyList<Hole>> Find(
        IBarStore bars, string symbol, Grid grid, long fromTs, long toTs, CancellationToken cancellation)
    {
        var holes = new List<Hole>();
        var nextTs = fromTs;
        await foreach (var stored in bars.Stream(symbol, fromTs, toTs, cancellation))
        {
            if (stored.Bar.Ts > nextTs)
                holes.Add(new Hole(nextTs, stored.Bar.Ts));
            nextTs = stored.Bar.Ts + grid.BarMs;
        }
        if (nextTs < toTs)
            holes.Add(new Hole(nextTs, toTs));
        return holes;
    }
}
