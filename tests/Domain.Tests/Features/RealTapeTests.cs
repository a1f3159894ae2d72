using Hts.Bars;
using Hts.Features;
using Hts.Strategies;
using Hts.Tests.Bars;
using Hts.Trades;

namespace Hts.Tests.Features;

/// <summary>What is restored from a saved state and the last stored bars goes on to the same bits, wherever it was cut.</summary>
public sealed class RealTapeTests
{
    [Fact]
    public void Minute_bars_restored_go_on_to_the_same_bits() =>
        Compare(SharedData.MinuteBars("SOLUSDT-2022-01"), new Grid(60), cuts: [3, 240, 631, 1007, 5000, 9999, 20_001, 33_333, 44_000]);

    [Fact]
    public void Bars_made_of_trades_with_holes_restored_go_on_to_the_same_bits()
    {
        var tape = new TapeBars(
            SharedData.Trades("bitflyer/BTC_JPY-2018-01-23", "bitflyer/BTC_JPY-2018-01-24"), Grid.Default);
        var bars = tape.Read().ToArray();
        tape.Holes.Count.ShouldBeGreaterThan(5);
        // Cuts among others just before and behind the holes.
        int[] cuts = [.. tape.Holes.SelectMany(hole =>
        {
            var at = Array.FindIndex(bars, bar => bar.Ts >= hole.ToTs);
            return new[] { at, at + 1, at + 30 };
        }).Distinct().Where(at => at < bars.Length)];
        Compare(bars, Grid.Default, [.. cuts, 2600, 7777]);
    }

    private static void Compare(Bar[] bars, Grid grid, int[] cuts)
    {
        var schema = new FeatureSchema(StrategySet.Default(), grid);
        var whole = Trace(new SymbolFeatures(schema), bars, schema);
        whole.Count(step => step.Row is not null).ShouldBeGreaterThan(100);
        foreach (var cut in cuts)
        {
            var before = new SymbolFeatures(schema);
            foreach (var _ in Walks.Feed(before, bars[..cut]))
            {
            }

            var state = new byte[before.StateSize];
            before.SaveState(state);
            var kept = bars[Math.Max(0, cut - SymbolFeatures.RestoreBars(schema))..cut];
            var restored = SymbolFeatures.Restore(schema, state, kept);
            restored.Readiness.ShouldBe(before.Readiness);
            var rest = Trace(restored, bars[cut..Math.Min(bars.Length, cut + 3000)], schema);
            rest.ShouldNotBeEmpty();
            rest.ShouldBe(whole.SkipWhile(step => step.Ts < rest[0].Ts).Take(rest.Count), $"cut at bar {cut}");
        }
    }

    /// <summary>All that can be seen at each slot's end, as bits.</summary>
    private static List<Step> Trace(SymbolFeatures features, IEnumerable<Bar> bars, FeatureSchema schema)
    {
        var steps = new List<Step>();
        var market = new float[schema.MarketCount];
        foreach (var ended in Walks.Feed(features, bars))
        {
            if (!ended)
                continue;
            var label = features.LastLabel;
            steps.Add(new(
                features.EndTs,
                features.TryRead(market) ? FeatureRow.Hash(market) : null,
                BitConverter.DoubleToInt64Bits(features.SigmaSlot),
                string.Join(',', label.Net.Select(BitConverter.DoubleToInt64Bits)) + label.Complete,
                features.Readiness));
        }

        return steps;
    }

    private sealed record Step(long Ts, string? Row, long Sigma, string Label, FeatureReadiness Readiness);
}
