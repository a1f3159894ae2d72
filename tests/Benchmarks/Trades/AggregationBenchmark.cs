using BenchmarkDotNet.Attributes;
using Hts.Bars;
using Hts.Trades;

namespace Hts.Benchmarks.Trades;

/// <summary>Trades to 15 s bars in memory. The figure is the time per trade; 50 ns is 20 million a second.</summary>
public class AggregationBenchmark
{
    private const int Count = 1_000_000;
    private const long StartTs = 1_600_000_200_000;

    private Trade[] trades = [];

    /// <summary>Trades a second on the tape: a lively symbol, and a rush.</summary>
    [Params(20, 1_000)]
    public int TradesPerSecond { get; set; }

    /// <summary>Share of trades that come after newer ones, up to a second late.</summary>
    [Params(0, 0.05)]
    public double Late { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var random = new Random(1);
        var price = 1_000_000;
        trades = new Trade[Count];
        for (var i = 0; i < Count; i++)
        {
            price += random.Next(-50, 51);
            var ts = StartTs + (i * 1000L / TradesPerSecond);
            trades[i] = new Trade(i, i, i, ts, price / 100.0, random.Next(1, 1_000_000) / 1e5, random.Next(2) == 0);
        }
        for (var i = 0; i < (int)(Late * Count); i++)
        {
            var at = random.Next(TradesPerSecond, Count);
            var to = at - random.Next(1, TradesPerSecond);
            (trades[at], trades[to]) = (trades[to], trades[at]);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Tape()
    {
        var aggregator = new BarAggregator(Grid.Default);
        var bars = 0;
        foreach (ref readonly var trade in trades.AsSpan())
        {
            aggregator.Add(trade);
            while (aggregator.TryTake(out _))
                bars++;
        }
        return bars;
    }

    /// <summary>As a feed does it: messages of some trades each, then word that it is healthy.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int LiveFeed()
    {
        var aggregator = new BarAggregator(Grid.Default);
        var bars = 0;
        for (var i = 0; i < Count; i += 50)
        {
            foreach (ref readonly var trade in trades.AsSpan(i, 50))
                aggregator.Add(trade);
            aggregator.AdvanceTo(trades[i].Ts);
            while (aggregator.TryTake(out _))
                bars++;
        }
        return bars;
    }
}
