using BenchmarkDotNet.Attributes;
using Hts.Bars;
using Hts.Features;
using Hts.Strategies;

namespace Hts.Benchmarks.Features;

/// <summary>
/// One symbol's live step: a 15 s bar through strategies, windows and labels, and at each slot's end the features. The figure is the time
/// per bar, with its share of the slot's reading; the goal is 2 us and no allocation.
/// </summary>
public class LiveStepBenchmark
{
    private const int Bars = 40_000;
    private const long StartTs = 1_600_000_200_000;

    private readonly FeatureSchema schema = new(StrategySet.Default(), Grid.Default);
    private Bar[] bars = [];
    private SymbolFeatures features = null!;
    private float[] market = [];
    private float[] row = [];
    private long shiftMs;

    [GlobalSetup]
    public void Make()
    {
        var random = new Random(1);
        var close = 40_000.0;
        bars = new Bar[Bars];
        for (var i = 0; i < bars.Length; i++)
        {
            var open = close;
            close *= 1 + ((random.NextDouble() - 0.5) * 0.002);
            var volume = random.NextDouble() * 10;
            bars[i] = new Bar(
                StartTs + (i * schema.Grid.BarMs), open, Math.Max(open, close) * 1.0001, Math.Min(open, close) * 0.9999, close,
                volume, volume * random.NextDouble(), 20, i);
        }

        market = new float[schema.MarketCount];
        row = new float[schema.Count];
        features = new SymbolFeatures(schema);
        Step();
    }

    /// <summary>Append, and read and compose at each slot's end. Each call goes on where the last one ended, so the symbol stays warm.</summary>
    [Benchmark(OperationsPerInvoke = Bars)]
    public float Step()
    {
        foreach (ref readonly var bar in bars.AsSpan())
        {
            features.Append(bar with { Ts = bar.Ts + shiftMs });
            if (features.TryRead(market))
                FeatureRow.Compose(schema, features.EndTs, market, [], null, null, row);
        }

        shiftMs += Bars * schema.Grid.BarMs;
        return row[schema.MarketOffset];
    }

    /// <summary>The slot's reading alone.</summary>
    [Benchmark]
    public float Read()
    {
        features.TryRead(market);
        FeatureRow.Compose(schema, features.EndTs, market, [], null, null, row);
        return row[schema.MarketOffset];
    }
}
