using System.Threading.Channels;
using Hts.Bars;
using Hts.Time;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// One symbol of a connection: fetches what is missing, then turns live trades into bars. No bar closes while a trade may be missing:
/// a gap in the ids is fetched at once, and what the ids cannot tell is asked of REST. A trade found late makes the bars anew.
/// </summary>
internal sealed class SymbolFeed
{
    private readonly string symbol;
    private readonly IFeedSink sink;
    private readonly MarketClock clock;
    private readonly Grid grid;
    private readonly FeedSessionOptions options;
    private readonly FeedLanes lanes;
    private readonly Channel<TradeEvent> inbox;
    private readonly TradeStitcher stitcher;
    private readonly SymbolBars bars;
    private readonly FaultLine faults;
    private readonly SymbolHistory history;
    private FeedTrust trust = FeedTrust.Broken;
    private bool loaded;
    private long newestId;
    private volatile bool overflowed;
    private volatile string lossReason = "";

    public SymbolFeed(
        string symbol, IExchange exchange, IFeedSink sink, MarketClock clock, Grid grid, FeedSessionOptions options, FeedLanes lanes)
    {
        (this.symbol, this.sink, this.clock, this.grid, this.options, this.lanes) = (symbol, sink, clock, grid, options, lanes);
        inbox = Channel.CreateBounded<TradeEvent>(
            new BoundedChannelOptions(options.BufferedTrades) { SingleReader = true, SingleWriter = false });
        Health = new FeedHealth(symbol, sink, clock);
        stitcher = new TradeStitcher(grid);
        bars = new SymbolBars(symbol, sink, grid, stitcher, Trading, Health);
        faults = new FaultLine(symbol, sink);
        history = new SymbolHistory(symbol, exchange, sink, clock, grid, options, lanes);
    }

    public string Symbol => symbol;

    public FeedHealth Health { get; }

    public FeedCounts Counts { get; } = new();

    public TradingState Trading { get; } = new();

    /// <summary>Newest id that is in; 0 while there is none.</summary>
    public long LastId => stitcher.LastId;

    /// <summary>Unix ms from which on no trade is known while there is no id; 0 otherwise.</summary>
    public long NoIdFrom => stitcher.NoIdFrom;

    /// <summary>Takes an event, or notes that the symbol must be repaired when it is too far behind.</summary>
    public void Post(in TradeEvent e)
    {
        if (!inbox.Writer.TryWrite(e))
            overflowed = true;
    }

    /// <param name="why">The reason, in words.</param>
    /// <param name="stood">False when it was an attempt of an outage that is counted.</param>
    public void ConnectionLost(string why, bool stood)
    {
        if (stood)
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
            if (Health.State == "loading")
                Health.Become("loading", failure.Message);
            else
                Lose(failure.Message);
            stitcher.Reset();
            await faults.Tell("The feed starts over from what is stored", failure.Message);
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
        // What came since may be too much for single trades.
        if (trust != FeedTrust.Proven && clock.NowMs - stitcher.NextTs > history.KlinesMs)
            stitcher.Reset();
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
        bars.Fetched = true;
        await Fetch(Urgency.Live, cancellation);
        bars.Fetched = false;
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
                await Add(trade);
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
            await Fetch(Urgency.Live, cancellation, untilId);
            if (stitcher.LastId >= untilId - 1)
                return;
            if (attempt == options.RepairAttempts)
                break;
            await pause.Wait(cancellation);
        }
        // REST is the truth. If it only is slow, the next message shows the same gap again.
        Lose("trades that the stream skipped are not to be had yet");
        await faults.Tell("Trades that the stream skipped are not to be had yet", "the message that showed it is not taken");
    }

    /// <param name="urgency">Whether others wait for it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="streamedFrom">The stream brings the trades from this id on itself.</param>
    private async Task Fetch(Urgency urgency, CancellationToken cancellation, long streamedFrom = long.MaxValue)
    {
        using var turn = await lanes.Repair(cancellation);
        do
        {
            if (stitcher.RewindTo is not null)
                await Rewind();
            var from = stitcher.LastId > 0 ? stitcher.LastId + 1 : await history.FirstIdAt(stitcher.NoIdFrom, cancellation);
            if (from is not { } firstId)
                break;
            await foreach (var page in history.TradesFrom(firstId, urgency, cancellation))
            {
                // After a rewind the same trades come again.
                Counts.Repaired(page.Count(t => t.Id > newestId && t.Id < streamedFrom));
                foreach (var trade in page)
                    await Add(trade);
                if (stitcher.RewindTo is not null)
                    break;
                // Whatever came before the page's last trade is complete.
                await bars.Complete(page[^1].Ts);
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

    private async ValueTask Add(Trade trade)
    {
        Trading.SawTrade(trade.Ts);
        await bars.MarkHalts(trade.Ts);
        newestId = Math.Max(newestId, trade.Id);
        var late = stitcher.Late;
        if (!stitcher.Add(trade, clock.NowMs))
            Counts.Invalid();
        Counts.Late(stitcher.Late - late);
    }

    private async Task Heartbeat(long eventMs, CancellationToken cancellation)
    {
        if (trust != FeedTrust.Proven)
            await Fetch(Urgency.Live, cancellation);
        await bars.CloseTo(eventMs);
        Health.Beat(eventMs);
        await bars.EndOutage();
        faults.End();
        Live();
    }

    private void Doubt()
    {
        if (trust == FeedTrust.Proven)
            trust = FeedTrust.Doubted;
    }

    private void Live()
    {
        var halted = Trading.SilenceAt(clock.NowMs) == Silence.Halt;
        Health.Become(halted ? "halted" : "live", halted ? SymbolBars.HaltCause : "");
    }

    private void Lose(string why) => Health.Become("lost", why, loaded && stitcher.HasBegun ? stitcher.NextTs : null);
}
