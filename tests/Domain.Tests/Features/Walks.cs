using Hts.Bars;

namespace Hts.Tests.Features;

/// <summary>Made-up bars for tests.</summary>
internal static class Walks
{
    /// <summary>A random walk of consecutive bars from ts 0 on.</summary>
    public static Bar[] Random(Grid grid, int count, int seed, double step = 0.001)
    {
        var random = new Random(seed);
        var bars = new Bar[count];
        var price = 100.0;
        for (var i = 0; i < count; i++)
        {
            var open = price;
            price *= Math.Exp((random.NextDouble() + random.NextDouble() - 1) * step);
            var volume = random.NextDouble() * 5;
            bars[i] = new Bar(
                i * grid.BarMs, open, Math.Max(open, price) * (1 + (random.NextDouble() * step / 4)), Math.Min(open, price), price,
                volume, volume * random.NextDouble(), 1 + random.Next(9), i);
        }

        return bars;
    }

    /// <summary>Feeds bars, running over the intervals between them as missing.</summary>
    public static IEnumerable<bool> Feed(Hts.Features.SymbolFeatures features, IEnumerable<Bar> bars)
    {
        foreach (var bar in bars)
        {
            while (features.EndTs != long.MinValue && features.EndTs < bar.Ts)
                yield return features.AppendMissing(features.EndTs);
            yield return features.Append(bar);
        }
    }
}
