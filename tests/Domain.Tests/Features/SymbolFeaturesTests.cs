using CsCheck;
using Hts.Bars;
using Hts.Features;
using Hts.Policies;
using Hts.Strategies;

namespace Hts.Tests.Features;

public sealed class SymbolFeaturesTests
{
    private static readonly Grid Grid = new(60);
    private static readonly FeatureSchema Schema = new(StrategySet.Default(), Grid);

    [Fact]
    public void Nothing_is_read_before_the_warm_up_ends_and_then_at_every_slot()
    {
        var features = new SymbolFeatures(Schema);
        var market = new float[Schema.MarketCount];
        var first = long.MinValue;
        foreach (var bar in Walks.Random(Grid, 700, 1))
        {
            features.Append(bar);
            var read = features.TryRead(market);
            if (read && first == long.MinValue)
                first = features.EndTs;
            read.ShouldBe(features.EndTs >= Schema.WarmupBars * Grid.BarMs && Grid.IsSlotTs(features.EndTs));
        }

        first.ShouldBe(Schema.WarmupBars * Grid.BarMs);
    }

    [Fact]
    public void Features_are_those_of_an_independent_reading_of_the_bars()
    {
        var bars = Walks.Random(Grid, 900, 2);
        var features = new SymbolFeatures(Schema);
        var market = new float[Schema.MarketCount];
        var rows = 0;
        foreach (var bar in bars)
        {
            features.Append(bar);
            if (!features.TryRead(market))
                continue;
            rows++;
            var known = bars.Where(b => b.Ts + Grid.BarMs <= features.EndTs).ToArray();
            features.SigmaSlot.ShouldBe(Reference.SigmaSlot(known, Grid), 1e-12);
            var expected = Reference.Prices(known, Grid);
            for (var i = 0; i < expected.Length; i++)
                market[i].ShouldBe((float)expected[i], 1e-4f, Schema.Names[Schema.MarketOffset + i]);
        }

        rows.ShouldBe(28);
    }

    [Fact]
    public void Signals_are_the_strategies_states_at_the_decision()
    {
        var features = new SymbolFeatures(Schema);
        var market = new float[Schema.MarketCount];
        var (flat, held) = (0, 0);
        foreach (var bar in Walks.Random(Grid, 3000, 3))
        {
            features.Append(bar);
            if (!features.TryRead(market))
                continue;
            var signals = market.AsSpan(Schema.Signals.Offset - Schema.MarketOffset, Schema.Signals.Count);
            var book = features.Labels.Book;
            signals[0].ShouldBe((float)((book.Rsi - 50) / 50), 1e-6f);
            signals[1].ShouldBe((float)((2 * book.RangePlace) - 1), 1e-6f);
            signals[2].ShouldBe((float)(book.SmaRatio / features.SigmaSlot), 1e-5f);
            for (var i = 0; i < 4; i++)
            {
                var side = features.Standing[i];
                var trigger = (float)book.Trigger(i);
                // Ages in slots of ten bars, up to 72 of them.
                var age = (float)(Math.Log(1 + Math.Min(book.AgeBars(i) / 10.0, 72)) / Math.Log(73));
                float[] expected = side == 0
                    ? [0, 0, age, trigger, Math.Abs(trigger), trigger * trigger / 8, 0, 0]
                    : [side, 1, age, trigger, 0, 0, side * trigger, age];
                signals.Slice(3 + (8 * i), 8).ToArray().ShouldBe(expected, 1e-6);
                _ = side == 0 ? flat++ : held++;
            }
        }

        flat.ShouldBeGreaterThan(100);
        held.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void History_is_the_last_three_outcomes_newest_first()
    {
        var labels = new List<(double[] Gross, int[] Sides)>();
        var features = new SymbolFeatures(Schema);
        foreach (var bar in Walks.Random(Grid, 800, 4))
            if (features.Append(bar))
                labels.Add(((double[])features.LastLabel.Gross.Clone(), (int[])features.LastLabel.Sides.Clone()));
        var market = new float[Schema.MarketCount];
        features.TryRead(market).ShouldBeTrue();
        var history = market.AsSpan(Schema.History.Offset - Schema.MarketOffset, Schema.History.Count);
        for (var lag = 1; lag <= 3; lag++)
        {
            var (gross, sides) = labels[^lag];
            var block = history.Slice((lag - 1) * 11, 11);
            block[0].ShouldBe(1);
            for (var i = 0; i < 6; i++)
                block[1 + i].ShouldBe((float)Math.Clamp(gross[i] / features.SigmaSlot, -8, 8), 1e-5f);
            block[7..].ToArray().ShouldBe(sides[..4].Select(s => (float)s));
        }
    }

    [Fact]
    public void Missing_bars_within_the_last_slot_are_a_gap()
    {
        var features = Fed(Walks.Random(Grid, 699, 5));
        features.AppendMissing(features.EndTs);
        features.Readiness.ShouldBe(new(FeatureStatus.Gap, 1, 1, 700));
        features.Readiness.Reason.ShouldBe(Reasons.Gap);
        features.Readiness.Detail(Schema).ShouldBe("gap: 1 of the last 240 bars are missing, 1 of them in the last slot; tolerated are 60 and none");
        features.TryRead(new float[Schema.MarketCount]).ShouldBeFalse();
        features.TryReadReturns(new float[FeatureSchema.LeaderReturns]).ShouldBeFalse();
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void Older_missing_bars_are_tolerated_up_to_a_quarter(int missing, bool ready)
    {
        var bars = Walks.Random(Grid, 900, 6);
        var features = new SymbolFeatures(Schema);
        Walks.Feed(features, [.. bars[..700], .. bars[(700 + missing)..]]).Count().ShouldBe(900);
        features.Readiness.MissingBars.ShouldBe(missing);
        (features.Readiness.Status == FeatureStatus.Ready).ShouldBe(ready);
    }

    [Fact]
    public void An_incomplete_window_leaves_its_history_empty()
    {
        var bars = Walks.Random(Grid, 800, 7);
        var features = new SymbolFeatures(Schema);
        // The window before last misses one bar.
        Walks.Feed(features, bars.Where(b => b.Ts != 785 * Grid.BarMs)).Count().ShouldBe(800);
        var market = new float[Schema.MarketCount];
        features.TryRead(market).ShouldBeTrue();
        var history = market.AsSpan(Schema.History.Offset - Schema.MarketOffset, Schema.History.Count);
        history[0].ShouldBe(1);
        history.Slice(11, 11).ToArray().ShouldAllBe(v => v == 0);
        history[22].ShouldBe(1);
    }

    [Fact]
    public void Later_bars_never_change_an_earlier_row()
    {
        var bars = Walks.Random(Grid, 800, 8);
        var before = Rows(bars, Schema);
        Gen.Select(Gen.Int[640, 799], Gen.Double[0.1, 10], Gen.Double[0, 1e6]).Sample((from, factor, volume) =>
        {
            var changed = bars.ToArray();
            for (var i = from; i < changed.Length; i++)
                changed[i] = changed[i] with
                {
                    Open = changed[i].Open * factor,
                    High = changed[i].High * factor,
                    Low = changed[i].Low * factor,
                    Close = changed[i].Close * factor,
                    Volume = volume,
                    TakerBuyVolume = volume / 3,
                };
            var decided = from * Grid.BarMs;
            return Rows(changed, Schema).Where(row => row.Ts <= decided).SequenceEqual(before.Where(row => row.Ts <= decided));
        }, iter: 30);
    }

    [Fact]
    public void Any_valid_bars_give_finite_bounded_features()
    {
        var price = Gen.OneOf(Gen.Double[1e-300, 1e-290], Gen.Double[1e-8, 1e8], Gen.Double[1e290, 1e300], Gen.Const(1.0));
        var volume = Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1e-300], Gen.Double[0, 1e9], Gen.Double[1e300, 1.7e308]);
        Gen.Select(price, price, volume, Gen.Double[0, 1]).Array[40].Sample(
            hostile =>
            {
                var bars = Walks.Random(Grid, 700, 9);
                for (var i = 0; i < hostile.Length; i++)
                {
                    var (a, b, traded, share) = hostile[i];
                    bars[650 + i] = new Bar(bars[650 + i].Ts, a, Math.Max(a, b), Math.Min(a, b), b, traded, traded * share, 1, 0);
                }

                return Rows(bars, Schema).All(row => row.Values.All(v => float.IsFinite(v) && Math.Abs(v) <= FeatureSchema.Limit));
            },
            iter: 100);
    }

    [Fact]
    public void A_market_that_stands_still_has_the_least_sigma_and_finite_features()
    {
        var features = new SymbolFeatures(Schema);
        var market = new float[Schema.MarketCount];
        for (var i = 0; i < 700; i++)
            features.Append(Bar.Flat(i * Grid.BarMs, 100, 0));
        features.SigmaSlot.ShouldBe(1e-4);
        features.TryRead(market).ShouldBeTrue();
        market.ShouldAllBe(v => float.IsFinite(v));
    }

    [Fact]
    public void Appending_and_reading_allocate_nothing()
    {
        var bars = Walks.Random(Grid, 1400, 10);
        var features = Fed(bars[..700]);
        var market = new float[Schema.MarketCount];
        var leader = new float[FeatureSchema.LeaderReturns];
        features.TryRead(market);
        features.TryReadReturns(leader);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var bar in bars.AsSpan(700))
        {
            features.Append(bar);
            features.TryRead(market);
            features.TryReadReturns(leader);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_symbol_holds_less_than_thirty_kilobytes()
    {
        var schema = new FeatureSchema(StrategySet.Default(), Grid.Default);
        var bars = Walks.Random(Grid.Default, 50, 11);
        _ = new SymbolFeatures(schema);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var features = new SymbolFeatures(schema);
        foreach (ref readonly var bar in bars.AsSpan())
            features.Append(bar);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(30 * 1024);
        GC.KeepAlive(features);
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        var bars = Walks.Random(Grid, 700, 12);
        var features = Fed(bars);
        var state = new byte[features.StateSize];
        features.SaveState(state);
        Should.Throw<InvalidDataException>(() => SymbolFeatures.Restore(Schema, state.AsSpan(0, state.Length - 1), bars));
        Should.Throw<InvalidDataException>(() => SymbolFeatures.Restore(Schema, state, bars.AsSpan(600)));
        var other = new FeatureSchema(StrategySet.Default(new() { FeeBps = 9 }), Grid);
        Should.Throw<InvalidDataException>(() => SymbolFeatures.Restore(other, state, bars));
    }

    private static SymbolFeatures Fed(Bar[] bars)
    {
        var features = new SymbolFeatures(Schema);
        foreach (ref readonly var bar in bars.AsSpan())
            features.Append(bar);
        return features;
    }

    private static List<Row> Rows(Bar[] bars, FeatureSchema schema)
    {
        var features = new SymbolFeatures(schema);
        var rows = new List<Row>();
        foreach (var bar in bars)
        {
            features.Append(bar);
            var values = new float[schema.MarketCount];
            if (features.TryRead(values))
                rows.Add(new(features.EndTs, values));
        }

        return rows;
    }

    private sealed record Row(long Ts, float[] Values)
    {
        public bool Equals(Row? other) => other is not null && Ts == other.Ts && Values.AsSpan().SequenceEqual(other.Values);

        public override int GetHashCode() => Ts.GetHashCode();
    }
}
