using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Feeds;
using Hts.Load.Feed;
using Hts.Time;
using Hts.Trades;

namespace Hts.Tests.Exchange;

/// <summary>What the real client sees of each fault is what a second plan of the same seed foretells.</summary>
public sealed class StreamFaultTests : IDisposable
{
    private const string Symbol = "S0000USDT";
    private const long LongestHoldMs = 400_000;
    private const long Seed = 11;

    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
    private readonly MarketClock clock = ClockNow(600);
    private readonly SteadyTape tape;
    private FaultOptions options = new() { Seed = Seed };

    public StreamFaultTests() => tape = new SteadyTape(1, 4, 7, (clock.NowMs / 60_000 * 60_000) - 3_600_000);

    public void Dispose() => limit.Dispose();

    [Fact]
    public async Task Lost_trades_do_not_come()
    {
        await using var host = await Start(FaultKind.Lost, 0.05);
        var ids = (await Read(host)).Select(trade => trade.Id).ToList();

        ids.ShouldBe(Span(ids).Where(id => !Foretold(FaultKind.Lost, id)));
        Happened(host, FaultKind.Lost).ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Doubled_trades_come_twice_also_much_later()
    {
        await using var host = await Start(FaultKind.Duplicate, 0.05);
        var trades = await Read(host, withHeld: true);
        var counts = trades.CountBy(trade => trade.Id).ToDictionary();

        foreach (var id in Settled(trades))
            counts[id].ShouldBe(Foretold(FaultKind.Duplicate, id) ? 2 : 1, $"trade {id}");
        Lateness(trades).Max().ShouldBeGreaterThan(120_000);
    }

    [Fact]
    public async Task Reordered_trades_change_places_with_their_neighbours()
    {
        await using var host = await Start(FaultKind.Reorder, 0.05);
        var ids = (await Read(host)).Select(trade => trade.Id).ToList();

        ids.ShouldNotBe(ids.Order().ToList());
        ids.Select((id, at) => Math.Abs(id - ids.Min() - at)).Max().ShouldBe(1);
    }

    [Fact]
    public void Reordered_trades_of_one_symbol_do_not_hang_on_those_of_another()
    {
        var faults = new StreamFaults(new FaultPlan(new FaultOptions { [FaultKind.Reorder] = 1 }));
        var streams = new[] { "AAA", "BBB" }.Select(symbol => new TradeStream(
            symbol, default, new TradeCursor(new ArrayTape(symbol, []), symbol, 1))).ToArray();
        var sent = new List<FaultyMessage>();
        for (var id = 1; id <= 2; id++)
        {
            foreach (var stream in streams)
                faults.Take(stream, new Trade(id, id, id, 1_000 + id, 10, 1, true), sent);
        }

        sent.Select(message => (message.Stream!.Name, message.Trade.Id)).ShouldBe([("AAA", 2), ("AAA", 1), ("BBB", 2), ("BBB", 1)]);
    }

    [Fact]
    public async Task Late_trades_come_after_later_ones_some_of_them_after_minutes()
    {
        await using var host = await Start(FaultKind.Late, 0.05);
        var trades = await Read(host, withHeld: true);

        trades.Select(trade => trade.Id).Intersect(Settled(trades)).Order().ShouldBe(Settled(trades));
        var newest = 0L;
        foreach (var trade in trades)
        {
            if (trade.Id < newest)
                Foretold(FaultKind.Late, trade.Id).ShouldBeTrue();
            newest = Math.Max(newest, trade.Id);
        }

        Lateness(trades).Max().ShouldBeGreaterThan(120_000);
    }

    [Fact]
    public async Task A_late_trade_comes_also_when_no_other_follows()
    {
        options = new FaultOptions { [FaultKind.Late] = 1 };
        var (soon, never) = (clock.NowMs + 9_000_000, clock.NowMs + 86_400_000_000);
        var quiet = new ArrayTape("BTC_JPY", [new Trade(1, 1, 1, soon, 10, 1, true), new Trade(2, 2, 2, never, 10, 1, true)]);
        await using var host = await ExchangeHost.Start(quiet, clock, new ExchangeServerOptions { Faults = new FaultPlan(options) });

        var trade = await host.Client.Trades(["BTC_JPY"], limit.Token).FirstAsync(item => !item.IsHeartbeat, limit.Token);

        trade.Trade.Id.ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_sequence_numbers_come_beside_the_true_trades()
    {
        await using var host = await Start(FaultKind.Sequence, 0.02);
        var trades = await Read(host);
        var truth = trades.Where(IsTrue).Select(trade => trade.Id).ToList();

        truth.ShouldBe(Span(truth));
        var far = trades.Where(trade => !IsTrue(trade)).ToList();
        far.Count.ShouldBe(Span(truth).Count(id => Foretold(FaultKind.Sequence, id)));
        var newest = truth[^1];
        far.ShouldContain(trade => trade.Id > newest + 900_000);
        far.ShouldContain(trade => trade.Id < newest - 900);
    }

    [Fact]
    public async Task Malformed_messages_stand_in_the_place_of_trades_and_harm_no_other()
    {
        await using var host = await Start(FaultKind.Malformed, 0.05);
        var trades = await Read(host);
        var truth = trades.Where(IsTrue).Select(trade => trade.Id).ToList();
        var foretold = Span(truth).Where(id => Foretold(FaultKind.Malformed, id)).ToList();

        truth.ShouldBe(Span(truth).Except(foretold));
        // A time of tomorrow can be read: only the market's clock tells that it is false.
        // The stream begins where the clock stands: wrong ones right before the first true trade may have come too.
        var before = Enumerable.Range(1, 20).Select(back => truth[0] - back).TakeWhile(id => Foretold(FaultKind.Malformed, id)).ToList();
        var (tomorrow, unreadable) = (foretold.Count(IsOfTomorrow), foretold.Count(id => !IsOfTomorrow(id)));
        trades.Count(trade => trade.Ts > clock.NowMs).ShouldBeInRange(tomorrow, tomorrow + before.Count(IsOfTomorrow));
        host.Client.Received[FeedMessageKind.Malformed].ShouldBeInRange(unreadable, unreadable + before.Count(id => !IsOfTomorrow(id)));

        static bool IsOfTomorrow(long id) => id % 5 == 1;
    }

    [Fact]
    public async Task Foreign_messages_are_counted_and_replace_nothing()
    {
        await using var host = await Start(FaultKind.Foreign, 0.1);
        var ids = (await Read(host)).Select(trade => trade.Id).ToList();
        var foretold = ids.Where(id => Foretold(FaultKind.Foreign, id)).ToList();

        ids.ShouldBe(Span(ids));
        host.Client.Received[FeedMessageKind.Foreign].ShouldBe(foretold.Count(id => id % 6 < 4));
        host.Client.Received[FeedMessageKind.Refusal].ShouldBe(foretold.Count(id => id % 6 == 4));
        host.Client.Received[FeedMessageKind.Malformed].ShouldBe(0);
    }

    [Fact]
    public async Task A_disconnect_breaks_off_where_the_plan_says()
    {
        await using var host = await Start(FaultKind.Disconnect, 0.002);
        var (trades, end) = await ReadToEnd(host);

        end.ShouldNotBeNull().Fault.ShouldBe(ExchangeFault.Unreachable);
        ShouldEndAtTheFirst(FaultKind.Disconnect, trades);
    }

    [Fact]
    public async Task A_close_comes_without_a_warning_but_in_order()
    {
        await using var host = await Start(FaultKind.Close, 0.002);
        var (trades, end) = await ReadToEnd(host);

        end.ShouldNotBeNull().Message.ShouldContain("unannounced (1000)");
        host.Client.Received[FeedMessageKind.Shutdown].ShouldBe(0);
        ShouldEndAtTheFirst(FaultKind.Close, trades);
    }

    [Fact]
    public async Task A_shutdown_is_announced()
    {
        await using var host = await Start(FaultKind.Shutdown, 0.002);
        var (trades, end) = await ReadToEnd(host);

        end.ShouldBeNull();
        host.Client.Received[FeedMessageKind.Shutdown].ShouldBe(1);
        ShouldEndAtTheFirst(FaultKind.Shutdown, trades);
    }

    [Fact]
    public async Task A_stalled_connection_stands_and_sends_nothing_not_even_answers()
    {
        await using var host = await Start(FaultKind.Stall, 0.002);
        var (trades, end) = await ReadToEnd(host);

        end.ShouldNotBeNull().Fault.ShouldBe(ExchangeFault.Silent);
        ShouldEndAtTheFirst(FaultKind.Stall, trades);
    }

    [Fact]
    public async Task Withheld_trades_are_dropped_while_requests_are_answered()
    {
        // Slower than elsewhere, so that a stretch without trades is long enough for heartbeats on a busy machine.
        await using var host = await Start(FaultKind.Withhold, 0.0005, market: ClockNow(100));
        await using var stream = await host.Client.Connect([Symbol], limit.Token);
        var (before, heartbeats) = (default(Trade), 0);
        while (true)
        {
            var next = (await stream.Next(limit.Token)).ShouldNotBeNull();
            if (next.IsHeartbeat)
                heartbeats++;
            if (next.Kind != TradeEventKind.Trade)
                continue;
            if (before.Id > 0 && next.Trade.Ts - before.Ts >= LongestHoldMs)
                break;
            (before, heartbeats) = (next.Trade, 0);
        }

        heartbeats.ShouldBeGreaterThan(2);
        Foretold(FaultKind.Withhold, before.Id + 1).ShouldBeTrue();
    }

    [Fact]
    public async Task Refused_connections_are_told_from_a_refused_symbol()
    {
        await using var host = await Start(FaultKind.Refuse, 1);

        (await Should.ThrowAsync<ExchangeException>(() => host.Client.Connect([Symbol], limit.Token))).Fault.ShouldBe(ExchangeFault.Unreachable);
        Happened(host, FaultKind.Refuse).ShouldBe(1);
    }

    [Fact]
    public async Task Too_many_attempts_to_connect_are_refused()
    {
        await using var host = await ExchangeHost.Start(tape, ClockNow(1), new ExchangeServerOptions { ConnectionsPerFiveMinutes = 2 });
        for (var i = 0; i < 2; i++)
            await using (await host.Client.Connect([Symbol], limit.Token))
            {
                // A connection that ends at once is an attempt, too.
            }

        (await Should.ThrowAsync<ExchangeException>(() => host.Client.Connect([Symbol], limit.Token))).Fault.ShouldBe(ExchangeFault.Unreachable);
    }

    [Fact]
    public async Task A_connection_is_cut_at_the_end_of_its_life()
    {
        await using var host = await ExchangeHost.Start(tape, clock, new ExchangeServerOptions { ConnectionHours = 0.1 });
        var from = clock.NowMs;
        var (_, end) = await ReadToEnd(host);

        end.ShouldNotBeNull().Message.ShouldContain("unannounced (1000)");
        (clock.NowMs - from).ShouldBeGreaterThanOrEqualTo(360_000);
    }

    private static MarketClock ClockNow(int factor)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new MarketClock(TimeProvider.System, now, now, factor);
    }

    private Task<ExchangeHost> Start(FaultKind kind, double rate, MarketClock? market = null)
    {
        options = new FaultOptions { Seed = Seed, [kind] = rate };
        return ExchangeHost.Start(
            tape, market ?? clock, new ExchangeServerOptions { Faults = new FaultPlan(options) },
            kind == FaultKind.Stall ? feed => feed.SilenceSeconds = 10 : null);
    }

    private static long Happened(ExchangeHost host, FaultKind kind) => host.Faults.ShouldNotBeNull()[kind];

    private bool Foretold(FaultKind kind, long id) => new FaultPlan(options).Hits(kind, Symbol, id);

    private bool IsTrue(Trade trade)
    {
        Span<Trade> own = stackalloc Trade[1];
        tape.Read(Symbol, trade.Id, own);
        return own[0] == trade;
    }

    /// <summary>The trades of some twenty market minutes; the last is a true one, so what the faults put before it has come.</summary>
    /// <param name="withHeld">Whether what was held back for later has come by then, too: a heartbeat follows it.</param>
    private async Task<List<Trade>> Read(ExchangeHost host, bool withHeld = false)
    {
        var trades = new List<Trade>();
        await foreach (var item in host.Client.Trades([Symbol], limit.Token))
        {
            if (!item.IsHeartbeat)
                trades.Add(item.Trade);
            if (item.IsHeartbeat == withHeld && trades.Count >= (int)(tape.TradesPerSecond * 1_200) && IsTrue(trades[^1]))
                break;
        }

        return trades;
    }

    private async Task<(List<Trade> Trades, ExchangeException? End)> ReadToEnd(ExchangeHost host)
    {
        var trades = new List<Trade>();
        try
        {
            await foreach (var item in host.Client.Trades([Symbol], limit.Token))
            {
                if (!item.IsHeartbeat)
                    trades.Add(item.Trade);
            }

            return (trades, null);
        }
        catch (ExchangeException end)
        {
            return (trades, end);
        }
    }

    private void ShouldEndAtTheFirst(FaultKind kind, List<Trade> trades)
    {
        // Where the very first one meets it there are none.
        if (trades.Count == 0)
            return;
        trades.Select(trade => trade.Id).ShouldBe(Span(trades.Select(trade => trade.Id)));
        trades.ShouldAllBe(trade => !Foretold(kind, trade.Id));
        Foretold(kind, trades[^1].Id + 1).ShouldBeTrue();
    }

    private static IEnumerable<long> Span(IEnumerable<long> ids)
    {
        var all = ids.ToList();
        for (var id = all.Min(); id <= all.Max(); id++)
            yield return id;
    }

    /// <summary>Ids whose messages must have come by the end, however long they were held.</summary>
    private static List<long> Settled(List<Trade> trades)
    {
        var end = trades.Max(trade => trade.Ts) - LongestHoldMs;
        return [.. Span(trades.Where(trade => trade.Ts < end).Select(trade => trade.Id))];
    }

    /// <summary>Of each trade, how much older it is than the newest before it.</summary>
    private static IEnumerable<long> Lateness(List<Trade> trades)
    {
        var newest = 0L;
        foreach (var trade in trades)
        {
            newest = Math.Max(newest, trade.Ts);
            yield return newest - trade.Ts;
        }
    }
}
