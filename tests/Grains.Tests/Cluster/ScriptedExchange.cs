using System.Threading.Channels;
using Hts.Bars;
using Hts.Feeds;
using Hts.Trades;

namespace Hts.Tests.Cluster;

/// <summary>An exchange whose tape, connections and failures a test controls, one step at a time.</summary>
internal sealed class ScriptedExchange : IExchange
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Trade>> tapes = [];
    private readonly Dictionary<string, bool> trading = [];
    private Channel<TradeEvent>? connection;
    private TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int statusReads;
    private int ending;
    private Exception? end;

    public string Name => "scripted";

    /// <summary>Faults of the calls for trades and klines.</summary>
    public Fault Rest { get; } = new();

    /// <summary>Faults of the calls for klines alone.</summary>
    public Fault Klines { get; } = new();

    /// <summary>Faults of the calls for the list of symbols.</summary>
    public Fault Listing { get; } = new();

    /// <summary>Faults of bringing other symbols to a connection.</summary>
    public Fault Carries { get; } = new();

    /// <summary>Trades with ids above this are not answered by REST yet.</summary>
    public long RestKnowsUpTo { get; set; } = long.MaxValue;

    public int KlineCalls { get; private set; }

    /// <summary>Symbols of the newest connection.</summary>
    public IReadOnlyList<string> Carried { get; private set; } = [];

    /// <summary>Connections made so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Whether questions for the symbols' status wait for ever.</summary>
    public bool IsStatusHeld { get; set; }

    public int StatusReads => Volatile.Read(ref statusReads);

    /// <summary>What REST knows of a symbol, whether or not it is told live.</summary>
    public void Publish(string symbol, params IEnumerable<Trade> trades)
    {
        lock (gate)
            Tape(symbol).AddRange(trades);
    }

    public void SetTrading(string symbol, bool isTrading)
    {
        lock (gate)
        {
            Tape(symbol);
            trading[symbol] = isTrading;
        }
    }

    /// <summary>Completes when a connection stands.</summary>
    public Task Connected()
    {
        lock (gate)
            return connected.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public void Send(string symbol, params IEnumerable<Trade> trades)
    {
        foreach (var trade in trades)
            connection!.Writer.TryWrite(TradeEvent.Of(symbol, trade, trade.Ts));
    }

    /// <summary>The connection brings something that cannot be read.</summary>
    public void Garble() => connection!.Writer.TryWrite(TradeEvent.Doubt);

    /// <summary>The connection comes to its announced end.</summary>
    public void End()
    {
        lock (gate)
            connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connection!.Writer.TryComplete();
    }

    public void Beat(long eventMs) => connection!.Writer.TryWrite(TradeEvent.Heartbeat(eventMs));

    /// <summary>The connection breaks.</summary>
    public void Break(Exception? why = null)
    {
        Channel<TradeEvent>? broken;
        lock (gate)
        {
            broken = connection;
            connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        broken?.Writer.TryComplete(why ?? new ExchangeException(ExchangeFault.Unreachable, "the line is dead"));
    }

    /// <summary>The next connections end right after their subscriptions; without a reason, as if it had been announced.</summary>
    public void EndNext(int connections, Exception? why)
    {
        lock (gate)
            (ending, end) = (connections, why);
    }

    public Task<IExchangeStream> Connect(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken)
    {
        var mine = new ScriptedStream(this, symbols);
        lock (gate)
        {
            connection = mine.Events;
            Carried = [.. symbols];
            Connections++;
            if (ending-- > 0)
                mine.Events.Writer.TryComplete(end);
            connected.TrySetResult();
        }
        return Task.FromResult<IExchangeStream>(mine);
    }

    public Task<IReadOnlyList<Trade>> AggTrades(
        string symbol, long fromId, int limit, Urgency urgency, CancellationToken cancellationToken) =>
        Rest.Around(() => Task.FromResult<IReadOnlyList<Trade>>(
            [.. Known(symbol).Where(t => t.Id >= fromId).OrderBy(t => t.Id).Take(limit)]));

    public Task<IReadOnlyList<Trade>> AggTradesByTime(string symbol, long startMs, long endMs, CancellationToken cancellationToken) =>
        Rest.Around(() => Task.FromResult<IReadOnlyList<Trade>>(
            [.. Known(symbol).Where(t => t.Ts >= startMs && t.Ts <= endMs).OrderBy(t => t.Id).Take(1_000)]));

    public Task<IReadOnlyList<Bar>> Klines1s(string symbol, long startMs, long endMs, int limit, CancellationToken cancellationToken) =>
        Rest.Around(() => Klines.Around(() =>
        {
            KlineCalls++;
            return Task.FromResult(Seconds(symbol, startMs, endMs, limit));
        }));

    public async Task<IReadOnlyList<ExchangeSymbol>> Symbols(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref statusReads);
        if (IsStatusHeld)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return await Listing.Around(() =>
        {
            lock (gate)
            {
                return Task.FromResult<IReadOnlyList<ExchangeSymbol>>(
                    [.. tapes.Keys.Select(s => new ExchangeSymbol(s, s, "USD", trading.GetValueOrDefault(s, true) ? "TRADING" : "BREAK"))]);
            }
        });
    }

    public Task<long> ServerTime(CancellationToken cancellationToken) => Task.FromResult(0L);

    private void Change(IReadOnlyCollection<string> symbols)
    {
        lock (gate)
            Carried = [.. symbols];
    }

    private IReadOnlyList<Bar> Seconds(string symbol, long startMs, long endMs, int limit)
    {
        var known = Known(symbol);
        var bars = new List<Bar>();
        for (var ts = startMs; ts <= endMs && bars.Count < limit; ts += 1_000)
        {
            var end = ts + 1_000;
            var inside = known.Where(t => t.Ts >= ts && t.Ts < end).ToArray();
            var before = known.LastOrDefault(t => t.Ts < ts);
            if (inside.Length == 0 && before.Id == 0)
                continue;
            bars.Add(inside.Length == 0
                ? Bar.Flat(ts, before.Price, 0)
                : new Bar(
                    ts, inside[0].Price, inside.Max(t => t.Price), inside.Min(t => t.Price), inside[^1].Price, inside.Sum(t => t.Quantity),
                    inside.Where(t => !t.BuyerIsMaker).Sum(t => t.Quantity), inside.Length, 0));
        }

        return bars;
    }

    private Trade[] Known(string symbol)
    {
        lock (gate)
            return [.. Tape(symbol).Where(t => t.Id <= RestKnowsUpTo)];
    }

    private List<Trade> Tape(string symbol)
    {
        if (!tapes.TryGetValue(symbol, out var tape))
            tapes[symbol] = tape = [];
        return tape;
    }

    private sealed class ScriptedStream : IExchangeStream
    {
        private readonly ScriptedExchange exchange;
        private readonly Channel<TradeEvent> events = Channel.CreateUnbounded<TradeEvent>();
        private HashSet<string> carried = [];

        public ScriptedStream(ScriptedExchange exchange, IReadOnlyCollection<string> symbols)
        {
            this.exchange = exchange;
            Confirm(symbols);
        }

        public Channel<TradeEvent> Events => events;

        public async ValueTask<TradeEvent?> Next(CancellationToken cancellationToken) =>
            await events.Reader.WaitToReadAsync(cancellationToken) && events.Reader.TryRead(out var e) ? e : null;

        public Task Carry(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken) => exchange.Carries.Around(() =>
        {
            Confirm(symbols);
            exchange.Change(symbols);
            return Task.CompletedTask;
        });

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Confirm(IReadOnlyCollection<string> symbols)
        {
            foreach (var symbol in symbols.Except(carried))
                events.Writer.TryWrite(TradeEvent.Subscribed(symbol));
            carried = [.. symbols];
        }
    }
}
