using Hts.Bars;
using Hts.Features;
using Hts.Markets;
using Hts.Strategies;

namespace Hts.Tests.Cluster;

/// <summary>What all tests share: the grid, the strategies, the schema, and made-up markets.</summary>
internal static class Worlds
{
    /// <summary>A slot's boundary in 2026.</summary>
    public const long Start = 1_772_409_600_000;

    public static Grid Grid { get; } = Grid.Default;

    public static StrategySet Strategies { get; } = StrategySet.Default();

    public static FeatureSchema Schema { get; } = new(Strategies, Grid, new FeatureOptions { Leader = "LEAD" });

    /// <summary>Slots after which the strategies and features are warm.</summary>
    public static int WarmSlots { get; } = ((Schema.WarmupBars + Grid.BarsPerSlot - 1) / Grid.BarsPerSlot) + 1;

    public static long Slot(int number) => Start + (number * Grid.SlotMs);

    /// <summary>A random walk of consecutive bars over whole slots.</summary>
    public static Bar[] Walk(int slots, int seed, long startTs = Start)
    {
        var random = new Random(seed);
        var bars = new Bar[slots * Grid.BarsPerSlot];
        var price = 100.0;
        for (var i = 0; i < bars.Length; i++)
        {
            var open = price;
            price *= Math.Exp((random.NextDouble() + random.NextDouble() - 1) * 0.002);
            var volume = random.NextDouble() * 5;
            bars[i] = new Bar(
                startTs + (i * Grid.BarMs), open, Math.Max(open, price) * 1.0001, Math.Min(open, price), price, volume,
                volume * random.NextDouble(), 1 + random.Next(9), i + 1);
        }

        return bars;
    }

    public static BarMessage Message(in Bar b, int revision = 0) => new(
        b.Ts, b.Open, b.High, b.Low, b.Close, b.Volume, b.TakerBuyVolume, b.Trades, b.LastTradeId, b.Ts + Grid.BarMs, revision);

    public static BarMessage[] Messages(IEnumerable<Bar> bars) => [.. bars.Select(b => Message(b))];

    /// <summary>A sound bar with another content.</summary>
    public static Bar Changed(in Bar bar) => bar with { Close = bar.High * 1.01, High = bar.High * 1.01, Volume = bar.Volume + 1 };
}
