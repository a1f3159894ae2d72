using System.Globalization;
using Hts.Bars;
using Hts.Time;

namespace Hts.Imports;

/// <summary>Compares one symbol's computed bars, given in the order of time, with those that are stored.</summary>
/// <remarks>
/// Bars that may be cut agree when the stored bar can hold what the files have.
/// A quiet interval has no trade to compare: where one side has a flat bar and the other none, that is no difference. Values that the files
/// do not tell are not compared, nor are trade ids that were not stored. All else is compared to the last bit.
/// </remarks>
/// <param name="span">What is compared; bars outside it only tell where the files begin and end.</param>
internal sealed class BarComparison(IBarStore bars, string symbol, Grid grid, Span span, Action<BarDifference> found)
{
    private const int Page = 5_000;

    private readonly Queue<Bar> stored = new();
    private long storedTo = long.MinValue;
    private long nextTs = long.MinValue;
    private IReadOnlyList<Gap> gaps = [];

    /// <summary>Computed bars that were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Bars that differ because the files have only a part of them.</summary>
    public long Cut { get; private set; }

    public async Task Add(SymbolBar next, CancellationToken cancellation)
    {
        var computed = next.Given.Bar;
        if (nextTs != long.MinValue)
            await CompareHole(Math.Max(nextTs, FirstTs), Math.Min(computed.Ts, span.ToTs), cancellation);
        if (computed.Ts >= span.FromTs && computed.Ts < span.ToTs)
            await CompareBar(next, cancellation);
        nextTs = computed.Ts + grid.BarMs;
    }

    // The first open time of the span.
    private long FirstTs => span.FromTs == long.MinValue ? span.FromTs : grid.BarOf(span.FromTs + grid.BarMs - 1);

    private async Task CompareBar(SymbolBar next, CancellationToken cancellation)
    {
        Compared++;
        if (await StoredAt(next.Given.Bar.Ts, cancellation) is not { } other)
        {
            await ReportMissing(next.Given.Bar, cancellation);
            return;
        }
        var computed = next.Given.CompletedBy(other);
        if (next.MayBeCut && (IsTail(computed, other) || IsHead(computed, other)))
            Cut++;
        else
            ReportFields(computed, other);
    }

    private async Task CompareHole(long fromTs, long toTs, CancellationToken cancellation)
    {
        var emptyFrom = fromTs;
        for (var ts = fromTs; ts < toTs; ts += grid.BarMs)
        {
            if (await StoredAt(ts, cancellation) is not { } other)
                continue;
            await ReportUnmarked(emptyFrom, ts, cancellation);
            emptyFrom = ts + grid.BarMs;
            if (other.Trades > 0)
                found(new BarDifference(symbol, Timestamps.Iso(ts), "extra", Stored: Text(other)));
        }
        await ReportUnmarked(emptyFrom, toTs, cancellation);
    }

    private async Task ReportUnmarked(long fromTs, long toTs, CancellationToken cancellation)
    {
        if (fromTs >= toTs)
            return;
        var marked = (await bars.ReadGaps(symbol, fromTs, toTs, cancellation)).Select(gap => new Span(gap.FromTs, gap.ToTs));
        foreach (var span in MissingSpans.Without([new Span(fromTs, toTs)], marked))
            found(new BarDifference(symbol, Timestamps.Iso(span.FromTs), "unmarked", File: Timestamps.Iso(span.ToTs)));
    }

    private async Task ReportMissing(Bar computed, CancellationToken cancellation)
    {
        if (!gaps.Any(Holds))
            gaps = await bars.ReadGaps(symbol, computed.Ts, computed.Ts + grid.BarMs, cancellation);
        var gap = gaps.FirstOrDefault(Holds);
        if (computed.Trades > 0 || gap is null)
            found(new BarDifference(symbol, Timestamps.Iso(computed.Ts), "missing", File: Text(computed), Gap: gap?.Cause));

        bool Holds(Gap known) => known.FromTs <= computed.Ts && computed.Ts < known.ToTs;
    }

    private void ReportFields(in Bar computed, in Bar other)
    {
        Field("open", computed.Ts, computed.Open, other.Open);
        Field("high", computed.Ts, computed.High, other.High);
        Field("low", computed.Ts, computed.Low, other.Low);
        Field("close", computed.Ts, computed.Close, other.Close);
        Field("volume", computed.Ts, computed.Volume, other.Volume);
        Field("takerBuyVolume", computed.Ts, computed.TakerBuyVolume, other.TakerBuyVolume);
        Field("trades", computed.Ts, computed.Trades, other.Trades);
        if (other.LastTradeId != 0)
            Field("lastTradeId", computed.Ts, computed.LastTradeId, other.LastTradeId);
    }

    private void Field<T>(string name, long ts, T computed, T other)
        where T : struct, IEquatable<T>, IFormattable
    {
        if (!computed.Equals(other))
            found(new BarDifference(
                symbol, Timestamps.Iso(ts), "differs", name,
                computed.ToString(null, CultureInfo.InvariantCulture), other.ToString(null, CultureInfo.InvariantCulture)));
    }

    // A file that begins within a bar has the bar's end, one that ends within it the bar's beginning.
    private static bool IsTail(in Bar computed, in Bar other) =>
        IsWithin(computed, other) && (computed.Trades == 0 || computed.Close.Equals(other.Close));

    private static bool IsHead(in Bar computed, in Bar other) =>
        IsWithin(computed, other) && (computed.Trades == 0 || computed.Open.Equals(other.Open));

    /// <summary>True when one bar can be a part of the other, which has more.</summary>
    public static bool IsWithin(in Bar part, in Bar whole) =>
        part.Trades < whole.Trades && part.Volume < whole.Volume && part.TakerBuyVolume <= whole.TakerBuyVolume
        && part.High <= whole.High && part.Low >= whole.Low;

    private async ValueTask<Bar?> StoredAt(long ts, CancellationToken cancellation)
    {
        while (true)
        {
            while (stored.TryPeek(out var next) && next.Ts < ts)
                stored.Dequeue();
            if (stored.TryPeek(out var at))
                return at.Ts == ts ? stored.Dequeue() : null;
            if (ts < storedTo)
                return null;
            var page = await bars.Read(symbol, ts, long.MaxValue, Page, cancellation);
            foreach (var bar in page)
                stored.Enqueue(bar.Bar);
            storedTo = page.Count < Page ? long.MaxValue : page[^1].Bar.Ts + grid.BarMs;
        }
    }

    private static string Text(in Bar bar) => bar.Trades == 0
        ? string.Create(CultureInfo.InvariantCulture, $"a quiet bar at {bar.Close}")
        : string.Create(
            CultureInfo.InvariantCulture, $"open {bar.Open}, high {bar.High}, low {bar.Low}, close {bar.Close}, volume {bar.Volume}, {bar.Trades} trades");
}
