using Hts.Bars;
using Hts.Labels;
using Hts.Strategies;

namespace Hts.Features;

/// <summary>
/// Labels and features of one symbol, bar by bar: the one definition behind live predictions, settled outcomes and data sets. What it
/// gives after a bar depends on bars up to that one alone. Appending and reading allocate nothing. Not safe for concurrent use.
/// </summary>
public sealed class SymbolFeatures
{
    private readonly FeatureSchema schema;
    private readonly PriceWindow prices;
    private readonly SlotHistory history;
    private readonly int[] active;

    public SymbolFeatures(FeatureSchema schema)
        : this(schema, new LabelMaker(schema.Strategies, schema.Grid))
    {
    }

    private SymbolFeatures(FeatureSchema schema, LabelMaker labels)
    {
        this.schema = schema;
        Labels = labels;
        prices = new PriceWindow(schema);
        history = new SlotHistory(schema);
        active = [.. schema.Strategies.Strategies.Index().Where(s => s.Item is ActiveStrategy).Select(s => s.Index)];
    }

    /// <summary>The maker of labels underneath.</summary>
    public LabelMaker Labels { get; }

    /// <summary>End of the newest bar, the instant that features are of, Unix ms UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long EndTs => Book.LastTs == long.MinValue ? long.MinValue : Book.LastTs + schema.Grid.BarMs;

    /// <summary>Per active strategy the side that stands at <see cref="EndTs"/>: −1, 0 or 1.</summary>
    public ReadOnlySpan<sbyte> Standing => Book.Standing;

    /// <summary>
    /// σ of the coming slot: standard deviation of the last 240 base bars' log returns × √(bars per slot), a fraction, at least
    /// <see cref="FeatureOptions.MinSigmaSlotBp"/>.
    /// </summary>
    public double SigmaSlot => prices.SigmaSlot();

    /// <summary>The outcome of the window that ended last; the same object again and again.</summary>
    public WindowLabel LastLabel => history[0];

    /// <summary>Bars so far, those over missing time included.</summary>
    public long Bars => Book.LastTs == long.MinValue ? 0 : ((Book.LastTs - Book.FirstTs) / schema.Grid.BarMs) + 1;

    /// <summary>Whether <see cref="EndTs"/> can be predicted on, and why not.</summary>
    public FeatureReadiness Readiness
    {
        get
        {
            var missing = prices.MissingBars;
            var inSlot = prices.MissingAmong(Math.Min(schema.Grid.BarsPerSlot, FeatureSchema.LookbackBars));
            var status = !Book.Warm || Bars < schema.WarmupBars ? FeatureStatus.WarmingUp
                : missing > schema.MaxMissingBars || inSlot > 0 ? FeatureStatus.Gap
                : FeatureStatus.Ready;
            return new(status, missing, inSlot, Bars);
        }
    }

    /// <summary>Bytes that <see cref="SaveState"/> writes.</summary>
    public int StateSize => Labels.StateSize + history.StateSize;

    private StrategyBook Book => Labels.Book;

    /// <summary>Base bars that <see cref="Restore"/> needs.</summary>
    public static int RestoreBars(FeatureSchema schema) =>
        Math.Max(StrategyBook.RestoreBarsOf(schema.Strategies, schema.Grid), FeatureSchema.LookbackBars + 1);

    /// <summary>Takes the next base bar. True when it was the last of its window: <see cref="LastLabel"/> is that window's outcome.</summary>
    /// <exception cref="ArgumentException">The bar does not follow the newest one without a gap, or lies off the grid.</exception>
    public bool Append(in Bar bar)
    {
        var ended = Labels.Append(bar);
        prices.Append(bar, isMissing: false);
        return Ended(ended);
    }

    /// <summary>Runs on over an interval of which nothing is known: flat at the last close and marked as missing.</summary>
    /// <exception cref="InvalidOperationException">There is no bar before it.</exception>
    public bool AppendMissing(long ts)
    {
        var ended = Labels.AppendMissing(ts);
        prices.Append(Bar.Flat(ts, Book.LastClose, 0), isMissing: true);
        return Ended(ended);
    }

    /// <summary>Writes the market's own features of <see cref="EndTs"/>.</summary>
    /// <param name="into"><see cref="FeatureSchema.MarketCount"/> values.</param>
    /// <returns>False, with nothing written, when <see cref="EndTs"/> is no slot's boundary or <see cref="Readiness"/> is not ready.</returns>
    public bool TryRead(Span<float> into)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(into.Length, schema.MarketCount);
        if (!IsReadable)
            return false;
        var sigmaSlot = SigmaSlot;
        var offset = schema.MarketOffset;
        prices.Read(sigmaSlot, into.Slice(schema.Prices.Offset - offset, schema.Prices.Count));
        ReadSignals(sigmaSlot, into.Slice(schema.Signals.Offset - offset, schema.Signals.Count));
        history.Read(active, sigmaSlot, into.Slice(schema.History.Offset - offset, schema.History.Count));
        SlotClock.Read(EndTs, into.Slice(schema.Clock.Offset - offset, schema.Clock.Count));
        return true;
    }

    /// <summary>Writes the returns that other symbols use when this one leads: over each horizon, in σ·√bars.</summary>
    /// <param name="into"><see cref="FeatureSchema.LeaderReturns"/> values.</param>
    /// <returns>False, with nothing written, as for <see cref="TryRead"/>.</returns>
    public bool TryReadReturns(Span<float> into)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(into.Length, FeatureSchema.LeaderReturns);
        if (!IsReadable)
            return false;
        prices.ReadReturns(SigmaSlot, into);
        return true;
    }

    /// <summary>Writes all that depends on the path: <see cref="StateSize"/> bytes.</summary>
    public void SaveState(Span<byte> into)
    {
        Labels.SaveState(into);
        history.SaveState(into[Labels.StateSize..]);
    }

    /// <summary>Features that go on to the same bits as those that saved the state.</summary>
    /// <param name="lastBars">
    /// The newest <see cref="RestoreBars"/> stored bars up to the state's last, oldest first, or all if there are fewer; intervals that
    /// are not among them are missing ones.
    /// </param>
    /// <exception cref="InvalidDataException">The state does not fit or is damaged, or the bars do not reach back far enough.</exception>
    public static SymbolFeatures Restore(FeatureSchema schema, ReadOnlySpan<byte> state, ReadOnlySpan<Bar> lastBars)
    {
        var features = new SymbolFeatures(schema, LabelMaker.Restore(schema.Strategies, schema.Grid, state, lastBars));
        if (state.Length < features.StateSize)
            throw new InvalidDataException($"A symbol's state has {state.Length} bytes, {features.StateSize} are needed.");
        features.history.RestoreState(state[features.Labels.StateSize..]);
        features.Rebuild(lastBars);
        return features;
    }

    private bool IsReadable => Bars > 0 && schema.Grid.IsSlotTs(EndTs) && Readiness.Status == FeatureStatus.Ready;

    private bool Ended(bool ended)
    {
        if (ended)
            history.Push(Labels.Label);
        return ended;
    }

    private void ReadSignals(double sigmaSlot, Span<float> into)
    {
        var at = 0;
        into[at++] = Bounded.Of((Book.Rsi - 50) / 50);
        into[at++] = Bounded.Of((2 * Book.RangePlace) - 1);
        into[at++] = Bounded.Of(Book.SmaRatio / sigmaSlot);
        for (var i = 0; i < Book.Standing.Length; i++)
        {
            var standing = Book.Standing[i];
            var stands = standing != 0;
            var age = LogScale.Of((double)Book.AgeBars(i) / schema.Grid.BarsPerSlot, LogScale.HalfDaySlots);
            var trigger = Bounded.Of(Book.Trigger(i));
            into[at++] = standing;
            into[at++] = stands ? 1 : 0;
            into[at++] = age;
            into[at++] = trigger;
            into[at++] = stands ? 0 : Math.Abs(trigger);
            into[at++] = stands ? 0 : trigger * trigger / FeatureSchema.Limit;
            into[at++] = Bounded.Of(standing * (double)trigger);
            into[at++] = stands ? age : 0;
        }
    }

    private void Rebuild(ReadOnlySpan<Bar> lastBars)
    {
        var nextTs = long.MinValue;
        var close = 0.0;
        foreach (ref readonly var bar in lastBars)
        {
            // As the book does: bars before its first or after its last were never seen.
            if (bar.Ts < Book.FirstTs || bar.Ts > Book.LastTs)
                continue;
            RunOver(nextTs, bar.Ts, close);
            prices.Append(bar, isMissing: false);
            (nextTs, close) = (bar.Ts + schema.Grid.BarMs, bar.Close);
        }

        RunOver(nextTs, EndTs, close);
    }

    /// <summary>Appends the missing intervals from <paramref name="fromTs"/> up to <paramref name="toTs"/>.</summary>
    private void RunOver(long fromTs, long toTs, double close)
    {
        if (fromTs == long.MinValue)
            return;
        for (var ts = fromTs; ts < toTs; ts += schema.Grid.BarMs)
            prices.Append(Bar.Flat(ts, close, 0), isMissing: true);
    }
}
