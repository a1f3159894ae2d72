using Hts.Bars;

namespace Hts.Feeds;

/// <summary>Gives the bars of one symbol away as far as they are complete, and marks as holes what was no quiet market.</summary>
internal sealed class SymbolBars(string symbol, IFeedSink sink, Grid grid, TradeStitcher stitcher, TradingState trading, FeedHealth health)
{
    public const string HaltCause = "trading is halted at the exchange";
    private const string UnknownCause = "the exchange did not say whether it was traded";

    /// <summary>Whether the bars that close now are history, which was not received live. Those of an outage are in any case.</summary>
    public bool Fetched { get; set; }

    /// <summary>From when on there is silence; the bar in which the last trades were is whole.</summary>
    private long SilentFrom => Math.Max(stitcher.NextTs, grid.BarOf(Math.Max(0, stitcher.LastTradeTs)) + grid.BarMs);

    /// <summary>All trades up to an instant are in: what is silence until then is judged by whether the symbol was traded.</summary>
    public async Task CloseTo(long eventMs)
    {
        await MarkHalts(eventMs);
        await (trading.SilenceAt(eventMs) switch
        {
            Silence.Halt => MarkSilence(SilentFrom, eventMs, HaltCause),
            Silence.Unknown => MarkSilence(SilentFrom, eventMs, UnknownCause),
            // Bars with trades are known in any case.
            Silence.Untold => Complete(Math.Min(eventMs, SilentFrom)),
            _ => Complete(eventMs),
        });
    }

    /// <summary>Marks the halts that ended before an instant; to be called before what comes after them is taken in.</summary>
    public async ValueTask MarkHalts(long ms)
    {
        while (trading.EndedHaltBefore(ms) is { } halt)
        {
            await MarkSilence(Math.Max(SilentFrom, grid.BarOf(Math.Max(0, halt.FromTs))), Math.Min(ms, halt.ToTs), HaltCause);
            if (ms < halt.ToTs)
                return;
            trading.ForgetEndedHalt();
        }
    }

    /// <summary>No trade up to an instant is missing.</summary>
    public Task Complete(long ms)
    {
        stitcher.CompleteTo(ms);
        return Flush();
    }

    /// <summary>Puts an outage on record that has its bars again.</summary>
    /// <param name="goesOnAt">Where the outage goes on behind a hole; null when it is over.</param>
    public async Task EndOutage(long? goesOnAt = null)
    {
        if (health.EndOutage(goesOnAt) is { } ended && stitcher.NextTs > ended.FromTs + grid.BarMs)
            await sink.MarkRepaired(symbol, ended.FromTs, stitcher.NextTs, ended.Cause);
    }

    /// <summary>What came since then is no quiet market but a hole.</summary>
    private async Task MarkSilence(long fromTs, long untilMs, string cause)
    {
        var toTs = grid.BarOf(untilMs);
        await Complete(Math.Min(untilMs, fromTs));
        if (toTs <= Math.Max(fromTs, stitcher.NextTs))
            return;
        await EndOutage(goesOnAt: toTs);
        stitcher.MarkHole(fromTs, toTs);
        await sink.MarkGap(symbol, fromTs, toTs, cause);
        if (grid.SlotOf(toTs) > fromTs)
            sink.SlotEnded(symbol, grid.SlotOf(toTs));
    }

    private async Task Flush()
    {
        var bars = stitcher.Take();
        if (bars.Count == 0)
            return;
        await sink.Append(symbol, bars, fetched: Fetched || health.HasOutage);
        // Only the newest boundary is prompt; those before were passed while catching up.
        var boundary = bars.FindLast(b => grid.IsSlotTs(b.Bar.Ts + grid.BarMs));
        if (boundary.Bar.Ts != 0)
            sink.SlotEnded(symbol, boundary.Bar.Ts + grid.BarMs);
    }
}
