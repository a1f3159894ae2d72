using System.Threading.Channels;
using Hts.Bars;
using Hts.Time;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>
/// One symbol of a connection: fetches what is missing, then turns live trades into bars. After each (re)connect the hole is filled
/// before another bar is closed; a bar leaves only in order and is repeated until it is durable.
/// </summary>
internal sealed class SymbolFeed(
    string symbol, IExchange exchange, IFeedSink sink, MarketClock clock, Grid grid, FeedSessionOptions options, SemaphoreSlim repairs)
{
    private readonly Channel<FeedItem> inbox = Channel.CreateBounded<FeedItem>(
        new BoundedChannelOptions(options.BufferedTrades) { SingleReader = true, SingleWriter = true });

    private readonly HistoryFetcher history = new(exchange, grid);
    private BarAggregator aggregator = NewAggregator(grid);
    private long lastId;
    private long nextTs;
    private bool loaded;
    private bool behind = true;
    private volatile bool overflowed;
    private volatile bool halted;
    private long healthyAt = long.MinValue;

    public string Symbol => symbol;

    /// <summary>"loading", "live", "lost" or "halted".</summary>
    public string State { get; private set; } = "loading";

    /// <summary>Takes an item, or notes that the symbol must be repaired when it is too far behind.</summary>
    public void Post(in FeedItem item)
    {
        if (!inbox.Writer.TryWrite(item))
            overflowed = true;
    }

    public void ConnectionLost(string why)
    {
        Become("lost", why);
    }

    public void SetTrading(bool trading) => halted = !trading;

    public FeedStatusMessage Status(string detail = "")
    {
        var at = Interlocked.Read(ref healthyAt);
        return new FeedStatusMessage(symbol, State, at == long.MinValue ? null : Math.Max(0, clock.NowMs - at) / 1000.0, detail);
    }

    /// <summary>Works until cancelled; a failure of exchange or storage is retried from what is stored.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var pause = new BackOff(options.ReconnectMs);
        await foreach (var item in inbox.Reader.ReadAllAsync(cancellation))
        {
            while (!await TryHandle(item, pause, cancellation))
                await pause.Wait(cancellation);
        }
    }

    private async Task<bool> TryHandle(FeedItem item, BackOff pause, CancellationToken cancellation)
    {
        try
        {
            await Handle(item, cancellation);
            pause.Reset();
            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // What was not stored is fetched again from the stored end.
            behind = true;
            aggregator = NewAggregator(grid);
            lastId = 0;
            nextTs = 0;
            if (State != "loading")
                Become("lost", e.Message);
            await sink.Log("warning", symbol, $"The feed starts over from what is stored: {e.Message}");
            return false;
        }
    }

    private async Task Handle(FeedItem item, CancellationToken cancellation)
    {
        if (item.Kind == FeedItemKind.Connected || overflowed)
        {
            overflowed = false;
            behind = true;
            if (!loaded)
                Become("loading", "");
        }
        if (behind)
            await CatchUp(cancellation);
        switch (item.Kind)
        {
            case FeedItemKind.Trade:
                await Take(item.Trade, cancellation);
                break;
            case FeedItemKind.Heartbeat:
                await Heartbeat(item.EventMs);
                break;
        }
    }

    private async Task CatchUp(CancellationToken cancellation)
    {
        await repairs.WaitAsync(cancellation);
        try
        {
            if (nextTs == 0)
                await Position(cancellation);
            await FetchTrades(cancellation);
        }
        finally
        {
            repairs.Release();
        }
        behind = false;
        if (!loaded)
        {
            await sink.Loaded(symbol);
            loaded = true;
        }
        Become(halted ? "halted" : "live", "");
    }

    // Seeds the aggregator at the stored end, after a long hole was filled with klines.
    private async Task Position(CancellationToken cancellation)
    {
        var cursor = await sink.Cursor(symbol);
        var now = clock.NowMs;
        var from = cursor.LastTs is { } last ? last + grid.BarMs : grid.BarOf(now - (options.BackfillDays * 86_400_000L));
        var lastBar = cursor.LastTs is { } ts ? Bar.Flat(ts, cursor.LastClose, cursor.LastTradeId) : (Bar?)null;
        if (now - from > options.KlineMinutes * 60_000L)
        {
            await sink.Log("info", symbol, $"History from {Timestamps.Iso(from)} is fetched.");
            await foreach (var bars in history.Bars(symbol, from, grid.BarOf(now), cancellation))
            {
                await sink.Append(symbol, [.. bars.Select(b => new BarChange(b, 0))]);
                lastBar = bars[^1];
            }
        }
        if (lastBar is { } seed)
        {
            aggregator.Seed(seed);
            lastId = seed.LastTradeId;
            nextTs = seed.Ts + grid.BarMs;
        }
        else
        {
            nextTs = grid.BarOf(now);
        }
    }

    private async Task FetchTrades(CancellationToken cancellation)
    {
        var from = lastId > 0 ? lastId + 1 : await history.FirstIdAt(symbol, nextTs, clock.NowMs, cancellation);
        if (from is not { } firstId)
            return;
        await foreach (var page in history.TradesFrom(symbol, firstId, cancellation))
        {
            foreach (var trade in page)
                Add(trade);
            // Whatever came before the page's last trade is complete.
            aggregator.AdvanceTo(page[^1].Ts);
            await Flush();
        }
    }

    private async Task Take(Trade trade, CancellationToken cancellation)
    {
        if (lastId > 0 && trade.Id > lastId + 1)
            await Repair(trade.Id, cancellation);
        Add(trade);
    }

    // Ids that the exchange does not have either are no loss; ids that it does not show yet are fetched again.
    private async Task Repair(long untilId, CancellationToken cancellation)
    {
        await FetchTrades(cancellation);
        if (lastId < untilId - 1)
            throw new ExchangeException(ExchangeFault.Unreachable, $"trades after {lastId} are not to be had yet, {untilId} came by stream");
    }

    private void Add(in Trade trade)
    {
        aggregator.Add(trade);
        lastId = Math.Max(lastId, trade.Id);
    }

    private async Task Heartbeat(long eventMs)
    {
        Interlocked.Exchange(ref healthyAt, eventMs);
        if (halted != (State == "halted"))
            Become(halted ? "halted" : "live", "");
        if (halted)
        {
            await Halt(eventMs);
            return;
        }
        aggregator.AdvanceTo(eventMs);
        await Flush();
    }

    private async Task Halt(long eventMs)
    {
        var until = grid.SlotOf(eventMs);
        if (nextTs == 0 || until <= nextTs)
            return;
        aggregator.MarkHole(nextTs, until);
        await sink.MarkGap(symbol, nextTs, until, "trading is halted at the exchange");
        nextTs = until;
        sink.SlotEnded(symbol, until);
    }

    private async Task Flush()
    {
        List<BarChange>? bars = null;
        while (aggregator.TryTake(out var change))
            (bars ??= []).Add(change);
        if (bars is null)
            return;
        await sink.Append(symbol, bars);
        nextTs = Math.Max(nextTs, bars[^1].Bar.Ts + grid.BarMs);
        // Only the newest boundary is prompt; those before were passed while catching up.
        var boundary = bars.FindLast(b => grid.IsSlotTs(b.Bar.Ts + grid.BarMs));
        if (boundary.Bar.Ts != 0)
            sink.SlotEnded(symbol, boundary.Bar.Ts + grid.BarMs);
    }

    // Trades come by consecutive ids, so a silence among them is a quiet market, however long.
    private static BarAggregator NewAggregator(Grid grid) => new(grid, new AggregatorOptions { MaxQuietMs = long.MaxValue });

    private void Become(string state, string detail)
    {
        if (State == state)
            return;
        State = state;
        sink.Report(Status(detail));
    }
}
