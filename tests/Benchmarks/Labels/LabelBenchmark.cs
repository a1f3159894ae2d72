using BenchmarkDotNet.Attributes;
using Hts.Bars;
using Hts.Labels;
using Hts.Strategies;

namespace Hts.Benchmarks.Labels;

/// <summary>Labels of all six strategies from base bars. The figure is the time per ten-minute window; 20 us is 50,000 a second.</summary>
public class LabelBenchmark
{
    private const int Windows = 4_000;
    private const long StartTs = 1_600_000_200_000;

    private readonly StrategySet set = StrategySet.Default();
    private Grid grid = Grid.Default;
    private Bar[] bars = [];

    [Params(15, 60)]
    public int BarSeconds { get; set; }

    [GlobalSetup]
    public void Make()
    {
        grid = new Grid(BarSeconds);
        var random = new Random(1);
        var close = 40_000.0;
        bars = new Bar[Windows * grid.BarsPerSlot];
        for (var i = 0; i < bars.Length; i++)
        {
            var open = close;
            close *= 1 + ((random.NextDouble() - 0.5) * 0.002);
            var (high, low) = (Math.Max(open, close) * (1 + (random.NextDouble() * 0.0003)), Math.Min(open, close) * (1 - (random.NextDouble() * 0.0003)));
            bars[i] = new Bar(StartTs + (i * grid.BarMs), open, high, low, close, 10, 5, 20, i);
        }
    }

    [Benchmark(OperationsPerInvoke = Windows)]
    public double Labels()
    {
        var maker = new LabelMaker(set, grid);
        var sum = 0.0;
        foreach (ref readonly var bar in bars.AsSpan())
        {
            if (maker.Append(bar))
                sum += maker.Label.Net[0];
        }
        return sum;
    }
}
