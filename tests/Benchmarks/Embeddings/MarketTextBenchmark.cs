using BenchmarkDotNet.Attributes;
using Hts.Bars;
using Hts.Embeddings;

namespace Hts.Benchmarks.Embeddings;

/// <summary>Text A of forty bars and its embedding: once a symbol and slot.</summary>
public class MarketTextBenchmark
{
    private readonly MarketText text = new(Grid.Default);
    private readonly HashingEmbedder embedder = new();
    private readonly float[] values = new float[HashingEmbedder.Dimensions];
    private readonly Bar[] bars = new Bar[MarketText.BarCount];

    [GlobalSetup]
    public void Make()
    {
        var random = new Random(1);
        var close = 40_000.0;
        for (var i = 0; i < bars.Length; i++)
        {
            var open = close;
            close *= 1 + ((random.NextDouble() - 0.5) * 0.002);
            bars[i] = new Bar(
                i * Grid.Default.BarMs, open, Math.Max(open, close), Math.Min(open, close), close, random.NextDouble() * 10, 1, 20, i);
        }
    }

    [Benchmark]
    public int Text() => text.Write("BTCUSDT", bars, 600_000).Length;

    [Benchmark]
    public float TextAndEmbedding()
    {
        embedder.Embed(text.Write("BTCUSDT", bars, 600_000), values);
        return values[0];
    }
}
