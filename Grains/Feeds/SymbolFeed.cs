using System.Threading.Channels;
using Hts.Bars;
using Hts.Time;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// One symbol of a connection: fetches what is missing, then turns live trades into bars. No bar closes while a trade may be missing:
/// a gap in the ids is fetched at once, and what the ids cannot tell is asked of REST. A trade found late makes the bars anew.
/// </summary>
internal sealed class SymbolFeed(
    string symbol, IExchange exchange, IFeedSink sink, MarketClock clock, Grid grid, FeedSessionOptions options, FeedLanes lanes)
{
    private const string HaltCause = "trading is halted at the exchange";
    private const string UnknownCause = "the exchange did not say whether it was traded";

    private readonly Channel<TradeEvent> inbox = Channel.CreateBounded<TradeEvent>(
        new BoundedChannelOptions(options.BufferedTrades) { SingleReader = true, SingleWriter = false });

    private readonly TradeStitcher stitcher = new(grid);
    private readonly FaultLine faults = new(symbol, sink);
    private readonly SymbolHistory history = new(symbol, exchange, sink, clock, grid, options, lanes);
    private FeedTrust trust = FeedTrust.Broken;
    private bool loaded;
    private bool anew;
    private volatile bool overflowed;
    private volatile string lossReason = "";

    public string Symbol => symbol;

    public FeedHealth Health { get; } = new(symbol, sink, clock);

    public FeedCounts Counts { get; } = new();

    public TradingState Trading { get; } = new();

    /// <summary>Newest id that is in; 0 while there is none.</summary>
    public long LastId => stitcher.LastId;

    /// <summary>Takes an event, or notes that the symbol must be repaired when it is too far behind.</summary>
    public void Post(in TradeEvent e)
    {
        if (!inbox.Writer.TryWrite(e))
            overflowed = true;
    }

    public void ConnectionLost(string why)
    {
        Counts.Outage();
        lossReason = why;
        // In line behind what the connection told before: an older heartbeat must not end the outage.
        Post(TradeEvent.Lost);
    }

    /// <summary>Works until cancelled; a failure of exchange or storage is retried from what is stored.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var pause = new BackOff(options.ReconnectMs);
        await foreach (var e in inbox.Reader.ReadAllAsync(cancellation))
        {
            while (!await TryHandle(e, pause, cancellation))
                await pause.Wait(cancellation);
        }
    }

    private async Task<bool> TryHandle(TradeEvent e, BackOff pause, CancellationToken cancellation)
    {
        try
        {
            await Handle(e, cancellation);
            pause.Reset();
            return true;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // What was not stored is fetched again from the stored end.
            trust = FeedTrust.Broken;
            if (Health.State != "loading")
                Lose(failure.Message);
            stitcher.Reset();
            await faults.Tell($"The feed starts over from what is stored: {failure.Message}");
            return false;
        }
    }

    private async Task Handle(TradeEvent e, CancellationToken cancellation)
    {
        if (overflowed)
        {
            overflowed = false;
            trust = FeedTrust.Broken;
        }
        if (e.Kind == TradeEventKind.Lost)
        {
            Lose(lossReason);
            return;
        }
        if (!stitcher.HasBegun)
            await Begin(cancellation);
        switch (e.Kind)
        {
            case TradeEventKind.Trade:
                await Take(e.Trade, cancellation);
                break;
            case TradeEventKind.Heartbeat:
                await Heartbeat(e.EventMs, cancellation);
                break;
            default:
                Doubt();
                break;
        }
    }

    // Goes on at the stored end, after a long hole was filled with klines.
    private async Task Begin(CancellationToken cancellation)
    {
        var (last, beginTs) = await history.Load(Health, cancellation);
        stitcher.Begin(last, beginTs, await sink.Gaps(symbol, beginTs));
        anew = true;
        await Fetch(Urgency.Live, cancellation);
        anew = false;
        if (!loaded)
            await sink.Loaded(symbol);
        loaded = true;
        Live();
    }

    private async Task Take(Trade trade, CancellationToken cancellation)
    {
        var fit = stitcher.FitOf(trade, clock.NowMs);
        if (fit == TradeFit.Ahead)
        {
            await Repair(trade.Id, cancellation);
            fit = stitcher.FitOf(trade, clock.NowMs);
        }
        switch (fit)
        {
            case TradeFit.Next:
                Add(trade);
                if (trust == FeedTrust.Doubted)
                    trust = FeedTrust.Proven;
                Health.Prove(clock.NowMs);
                if (stitcher.RewindTo is not null)
                    await Fetch(Urgency.Live, cancellation);
                break;
            case TradeFit.Known:
                Counts.Duplicate();
                break;
            default:
                Counts.Invalid();
                Doubt();
                break;
        }
    }

    /// <summary>Fetches what is missing before an id. Ids that the exchange does not have either are no loss.</summary>
    private async Task Repair(long untilId, CancellationToken cancellation)
    {
        var pause = new BackOff(options.ReconnectMs);
        for (var attempt = 1; ; attempt++)
        {
            await Fetch(Urgency.Live, cancellation);
            if (stitcher.LastId >= untilId - 1)
                return;
            if (attempt == options.RepairAttempts)
                break;
            await pause.Wait(cancellation);
        }
        // REST is the truth. If it only is slow, the next message shows the same gap again.
        Lose("trades that the stream skipped are not to be had yet");
        await faults.Tell("Trades that the stream skipped are not to be had yet; the message that showed it is not taken.");
    }

    private async Task Fetch(Urgency urgency, CancellationToken cancellation)
    {
        using var turn = await lanes.Repair(cancellation);
        do
        {
            if (stitcher.RewindTo is not null)
                await Rewind();
            var from = stitcher.LastId > 0 ? stitcher.LastId + 1 : await history.FirstIdAt(stitcher.NextTs, cancellation);
            if (from is not { } firstId)
                break;
            await foreach (var page in history.TradesFrom(firstId, urgency, cancellation))
            {
                foreach (var trade in page)
                    Add(trade);
                Counts.Repaired(page.Count);
                if (stitcher.RewindTo is not null)
                    break;
                // Whatever came before the page's last trade is complete.
                await Complete(page[^1].Ts);
            }
        }
        while (stitcher.RewindTo is not null);
        trust = FeedTrust.Proven;
        Health.Prove(clock.NowMs);
    }

    private async Task Rewind()
    {
        var ts = stitcher.RewindTo!.Value;
        var last = clock.NowMs - ts <= options.RewindMinutes * 60_000L ? await sink.BarBefore(symbol, ts) : null;
        if (last is not { } seed)
        {
            stitcher.GiveUpRewind();
            await sink.Log("warning", symbol, $"A trade of the bar {Timestamps.Iso(ts)} came too late to be taken in.");
            return;
        }
        stitcher.Begin(seed, ts, await sink.Gaps(symbol, seed.Ts));
    }

    private void Add(in Trade trade)
    {
        var late = stitcher.Late;
        if (!stitcher.Add(trade, clock.NowMs))
            Counts.Invalid();
        Counts.Late(stitcher.Late - late);
        Trading.SawTrade(trade.Ts);
    }

    private async Task Heartbeat(long eventMs, CancellationToken cancellation)
    {
        if (trust != FeedTrust.Proven)
            await Fetch(Urgency.Live, cancellation);
        await CloseTo(eventMs);
        Health.Beat(eventMs);
        await EndOutage();
        faults.End();
        Live();
    }

    private Task CloseTo(long eventMs) => Trading.SilenceAt(eventMs) switch
    {
        Silence.Halt => MarkSilence(eventMs, HaltCause),
        Silence.Unknown => MarkSilence(eventMs, UnknownCause),
        // Bars with trades are known in any case.
        Silence.Untold => Complete(Math.Min(eventMs, SilentFrom)),
        _ => Complete(eventMs),
    };

    private Task Complete(long ms)
    {
        stitcher.CompleteTo(ms);
        return Flush();
    }

    /// <summary>From when on there is silence; the bar in which the last trades were is whole.</summary>
    private long SilentFrom => Math.Max(stitcher.NextTs, grid.BarOf(Math.Max(0, stitcher.LastTradeTs)) + grid.BarMs);

    /// <summary>What came since the last trade is no quiet market but a hole.</summary>
    private async Task MarkSilence(long eventMs, string cause)
    {
        var fromTs = SilentFrom;
        var toTs = grid.BarOf(eventMs);
        await Complete(Math.Min(eventMs, fromTs));
        if (toTs <= Math.Max(fromTs, stitcher.NextTs))
            return;
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
        await sink.Append(symbol, bars, fetched: anew);
        // Only the newest boundary is prompt; those before were passed while catching up.
        var boundary = bars.FindLast(b => grid.IsSlotTs(b.Bar.Ts + grid.BarMs));
        if (boundary.Bar.Ts != 0)
            sink.SlotEnded(symbol, boundary.Bar.Ts + grid.BarMs);
    }

    private void Doubt()
    {
        if (trust == FeedTrust.Proven)
            trust = FeedTrust.Doubted;
    }

    private async Task EndOutage()
    {
        if (Health.EndOutage() is { } ended && stitcher.NextTs > ended.FromTs + grid.BarMs)
            await sink.MarkRepaired(symbol, ended.FromTs, stitcher.NextTs, ended.Cause);
    }

    private void Live()
    {
        var halted = Trading.SilenceAt(clock.NowMs) == Silence.Halt;
        Health.Become(halted ? "halted" : "live", halted ? HaltCause : "");
    }

    private void Lose(string why) => Health.Become("lost", why, loaded && stitcher.HasBegun ? stitcher.NextTs : null);
}
