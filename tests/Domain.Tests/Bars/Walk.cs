using Hts.Bars;

namespace Hts.Tests.Bars;

/// <summary>Made-up bars.</summary>
internal static class Walk
{
    public const long Start = 1_600_000_000_000 - (1_600_000_000_000 % 600_000);

    /// <summary>A random walk with calm and wild spells and quiet bars.</summary>
    public static Bar[] Random(int seed, int count, Grid grid, long startTs = Start)
    {
        var random = new Random(seed);
        var bars = new Bar[count];
        var (close, step, drift) = (1_000.0, 0.001, 0.0);
        for (var i = 0; i < count; i++)
        {
            if (random.Next(100) == 0)
                (step, drift) = (Math.Pow(10, -4 + (2 * random.NextDouble())), (random.NextDouble() - 0.5) * 0.0005);
            var ts = startTs + (i * grid.BarMs);
            if (random.Next(15) == 0)
            {
                bars[i] = Bar.Flat(ts, close, i);
                continue;
            }
            var open = close;
            close = Math.Round(close * (1 + drift + ((random.NextDouble() - 0.5) * step)), 2);
            bars[i] = new Bar(ts, open, Math.Max(open, close) + 0.01, Math.Min(open, close) - 0.01, close, 2, 1, 3, i);
        }
        return bars;
    }

    /// <summary>Bars whose four prices are the given closes, one after the other.</summary>
    public static IEnumerable<Bar> Closes(IEnumerable<double> closes, Grid grid) =>
        closes.Select((close, i) => new Bar(Start + (i * grid.BarMs), close, close, close, close, 1, 0.5, 1, i + 1));
}
