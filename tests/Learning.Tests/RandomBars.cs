using Hts.Bars;
using Hts.DataSets;
using Hts.Embeddings;

namespace Hts.Tests;

/// <summary>Driftless minutes and embeddings that mean nothing.</summary>
internal static class RandomBars
{
    private const long Start = 1_640_995_200_000;

    public static IEnumerable<Bar> Minutes(int seed, int count)
    {
        var random = new Random(seed);
        var log = Math.Log(100);
        for (var i = 0; i < count; i++)
        {
            var open = Math.Exp(log);
            log += 0.0008 * Normal(random);
            var close = Math.Exp(log);
            var volume = 1 + (10 * random.NextDouble());
            var (low, high) = (Math.Min(open, close), Math.Max(open, close));
            yield return new Bar(
                Start + (i * 60_000L), open, high * (1 + (0.0002 * random.NextDouble())), low * (1 - (0.0002 * random.NextDouble())), close,
                volume, volume * random.NextDouble(), 5, i + 1);
        }
    }

    /// <summary>One every ten minutes, known at once or up to an hour late.</summary>
    public static IEnumerable<EmbeddingPair> Embeddings(int seed, long fromTs, int count)
    {
        var random = new Random(seed + 1000);
        for (var i = 0; i < count; i++)
        {
            var ts = fromTs + (i * 600_000L);
            var values = new float[HashingEmbedder.Dimensions];
            values[random.Next(values.Length)] = 1;
            var late = random.Next(3) == 0 ? random.Next(3_600_000) : 0;
            yield return new EmbeddingPair(new Embedding(ts, ts + late, values), null);
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
