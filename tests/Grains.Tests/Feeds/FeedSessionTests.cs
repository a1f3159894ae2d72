using Hts.Bars;
using Hts.Feeds;
using Hts.Tests.Cluster;
using Hts.Time;
using Hts.Trades;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

/// <summary>Whatever happens to connection, exchange and store: the bars are those of the undisturbed tape.</summary>
public sealed class FeedSessionTests : IAsyncDisposable
{
    private const string Symbol = "AAA";
    private const int FirstId = 101;
    private const long DayMs = 86_400_000;
    private static readonly Grid Grid = Worlds.Grid;
    private static readonly long Start = Worlds.Start;

    private readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeMilliseconds(Start));
    private readonly ScriptedExchange exchange = new();
    private readonly RecordingSink sink = new();
    private readonly FeedSessionOptions options = new() { BackfillDays = 0, ReconnectMs = 10, StatusSeconds = 1 };
    private readonly Trade[] tape = Tape(400, seed: 3);
    private FeedSession? session;

    [Fact]
    public async Task An_undisturbed_tape_gives_its_bars_and_tells_each_slots_end()
    {
        await Connect();
        Play(0, 400);
        await ShouldBeWhole();
        sink.SlotEnds.ShouldContain(Start + Grid.SlotMs);
        sink.Statuses.Select(s => s.State).ShouldBe(["live"]);
    }

    [Fact]
    public async Task A_gap_in_the_ids_is_fetched_before_another_bar_closes()
    {
        await Connect();
        Play(0, 100);
        exchange.Publish(Symbol, tape[100..150]);
        Play(150, 400);
        await ShouldBeWhole();
    }

    [Fact]
    public async Task Trades_that_rest_does_not_show_yet_are_waited_for()
    {
        await Connect();
        Play(0, 100);
        exchange.RestKnowsUpTo = tape[110].Id;
        exchange.Publish(Symbol, tape[100..150]);
        Play(150, 160);
        await sink.Until(s => s.Lines.Any(l => l.Contains("not to be had yet")), "the feed to notice");
        exchange.RestKnowsUpTo = long.MaxValue;
        Play(160, 400);
        await ShouldBeWhole();
    }

    [Fact]
    public async Task Ids_that_the_exchange_never_had_are_no_gap()
    {
        var (before, after) = (tape[..100], tape[100..].Select(t => t with { Id = t.Id + 50 }).ToArray());
        await Connect();
        Play(before);
        Play(after);
        await ShouldBeWhole([.. before, .. after]);
        sink.Lines.ShouldNotContain(l => l.StartsWith("warning"));
    }

    [Fact]
    public async Task What_was_traded_while_the_line_was_dead_is_fetched_on_the_new_one()
    {
        await Connect();
        Play(0, 100);
        await sink.Until(s => s.Bars(Symbol).Length > 2, "the first bars");
        exchange.Break();
        GoTo(tape[219].Ts);
        exchange.Publish(Symbol, tape[100..220]);
        await exchange.Connected();
        exchange.Beat(tape[219].Ts);
        Play(220, 400);
        await ShouldBeWhole();
        sink.Statuses.Select(s => s.State).ShouldBe(["live", "lost", "live"]);
    }

    [Fact]
    public async Task A_line_that_fails_in_an_unforeseen_way_is_connected_again()
    {
        await Connect();
        Play(0, 100);
        exchange.Break(new InvalidDataException("no such message"));
        await exchange.Connected();
        exchange.Beat(tape[99].Ts);
        Play(100, 400);
        await ShouldBeWhole();
    }

    [Fact]
    public async Task A_change_of_symbols_that_fails_in_an_unforeseen_way_ends_the_connection()
    {
        await Connect();
        Play(0, 100);
        sink.Store("BBB", Bar.Flat(Start - Grid.BarMs, 100, FirstId - 1));
        exchange.Carries.Throw(() => new ObjectDisposedException("the stream"));
        await Carry(Symbol, "BBB");
        exchange.Connections.ShouldBe(2);
        Play(100, 400);
        await ShouldBeWhole();
    }

    [Fact]
    public async Task A_loss_that_the_status_log_does_not_take_is_made_good_all_the_same()
    {
        await Connect();
        Play(0, 100);
        sink.Logs.Refuse();
        exchange.Break();
        await exchange.Connected();
        exchange.Beat(tape[99].Ts);
        Play(100, 400);
        await ShouldBeWhole();
        sink.Logs.Pending.ShouldBe(0);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Connections_that_end_before_a_heartbeat_belong_to_the_outage(bool announced, int lines)
    {
        await Connect();
        Play(0, 100);
        exchange.EndNext(3, announced ? null : new ExchangeException(ExchangeFault.Unreachable, "the line is dead"));
        exchange.Break();
        await Eventually(() => exchange.Connections == 5, "a connection that stands");
        exchange.Beat(tape[99].Ts);
        Play(100, 400);
        await ShouldBeWhole();
        sink.Lines.Count(l => l.StartsWith("warning")).ShouldBe(lines);
    }

    [Fact]
    public async Task Trades_told_twice_and_out_of_order_change_nothing()
    {
        await Connect();
        var random = new Random(5);
        foreach (var chunk in tape.Chunk(8))
        {
            GoTo(chunk[^1].Ts);
            exchange.Publish(Symbol, chunk);
            exchange.Send(Symbol, chunk.OrderBy(_ => random.Next()));
            exchange.Send(Symbol, chunk);
            exchange.Beat(chunk[^1].Ts);
        }
        Finish(tape);
        await ShouldBeWhole();
    }

    [Fact]
    public async Task An_exchange_that_refuses_is_asked_again_and_nothing_is_lost()
    {
        await Connect();
        Play(0, 100);
        exchange.Rest.Refuse(3);
        exchange.Publish(Symbol, tape[100..150]);
        Play(150, 400);
        await ShouldBeWhole();
        exchange.Rest.Pending.ShouldBe(0);
    }

    [Fact]
    public async Task A_store_that_fails_is_tried_again_from_the_stored_end()
    {
        await Connect();
        Play(0, 100);
        sink.Appends.Refuse(2);
        sink.Appends.LoseAnswer(2);
        Play(100, 400);
        await ShouldBeWhole();
        sink.Appends.Pending.ShouldBe(0);
        await sink.Until(s => s.Statuses[^1].State == "live", "the feed to be live again");
    }

    [Fact]
    public async Task More_trades_than_the_inbox_holds_are_fetched_later()
    {
        options.BufferedTrades = 4;
        await Connect();
        var open = new TaskCompletionSource();
        var stuck = new TaskCompletionSource();
        sink.Appends.Before(() =>
        {
            stuck.SetResult();
            return open.Task;
        });
        Play(0, 60);
        await stuck.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Play(60, 390);
        // Handled one by one by the session: the last of these has overflowed the inbox once the next connection stands.
        exchange.Break();
        await exchange.Connected();
        open.SetResult();
        Play(390, 400);
        await Eventually(
            () =>
            {
                exchange.Beat(End(tape));
                return sink.Bars(Symbol)[^1].Ts + Grid.BarMs == End(tape);
            },
            "the last bar");
        sink.Bars(Symbol)[1..].ShouldBe(Expected(tape));
    }

    [Fact]
    public async Task Symbols_come_and_go_while_the_session_runs()
    {
        await Connect();
        Play(0, 200);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs >= Grid.BarOf(tape[198].Ts), "the first half");
        exchange.Publish("BBB", tape[..10]);
        sink.Store("BBB", Bar.Flat(Start - Grid.BarMs, 100, FirstId - 1));
        await Carry(Symbol, "BBB");
        exchange.Send("BBB", tape[10..200]);
        exchange.Publish("BBB", tape[10..200]);
        Play(200, 400);
        await ShouldBeWhole();
        // Quiet bars can be closed before the trades in them are read.
        await sink.Until(s => s.Bars("BBB") is { Length: >= 14 } b && b[1..14].SequenceEqual(Expected(tape)[..13]), "the second symbol's bars");

        var count = sink.Bars(Symbol).Length;
        await Carry("BBB");
        exchange.Send(Symbol, tape[^1] with { Id = tape[^1].Id + 1, Ts = tape[^1].Ts + 60_000 });
        await Eventually(
            () => sink.Bars("BBB")[^1].Ts >= tape[^1].Ts + 90_000, "the remaining symbol to go on", () => exchange.Beat(tape[^1].Ts + 120_000));
        sink.Bars(Symbol).Length.ShouldBe(count);
        session!.Statuses().Select(s => s.Symbol).ShouldBe(["BBB"]);
    }

    [Fact]
    public async Task A_session_whose_last_symbol_went_takes_up_the_next_one()
    {
        await Connect();
        Play(0, 100);
        session!.Carry([]);
        await Eventually(() => session.Statuses().Count == 0, "the symbol to go");
        GoTo(tape[199].Ts);
        exchange.Publish(Symbol, tape[100..200]);
        session.Carry([Symbol]);
        await Eventually(() => sink.Lines.Count(l => l == $"loaded {Symbol}") == 2, "the symbol to be back", () => exchange.Beat(Start));
        Play(200, 400);
        await ShouldBeWhole();
    }

    [Fact]
    public async Task A_long_hole_is_filled_from_klines_with_the_same_bars()
    {
        options.KlineMinutes = 1;
        sink.Begun.Add(Symbol);
        exchange.Publish(Symbol, Trade(FirstId - 1, Start - 1_000, 100), tape[0]);
        exchange.Publish(Symbol, tape[1..300]);
        GoTo(tape[299].Ts + 1);
        await Connect();
        Play(300, 400);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(tape), "the last bar");
        exchange.KlineCalls.ShouldBeGreaterThan(0);
        sink.Bars(Symbol)[1..].Select(b => b with { LastTradeId = 0 }).ShouldBe(Expected(tape).Select(b => b with { LastTradeId = 0 }));
    }

    [Fact]
    public async Task A_live_symbol_that_starts_over_does_not_wait_behind_the_history_of_others()
    {
        (options.BackfillDays, options.ParallelBackfills) = (1, 1);
        sink.Begun.Add(Symbol);
        await Connect();
        Play(0, 100);
        var stuck = new TaskCompletionSource();
        var open = new TaskCompletionSource();
        exchange.Klines.Before(() =>
        {
            stuck.SetResult();
            return open.Task;
        });
        session!.Carry([Symbol, "BBB"]);
        await stuck.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        sink.Appends.Refuse();
        Play(100, 400);
        await ShouldBeWhole();
        sink.Appends.Pending.ShouldBe(0);
        open.SetResult();
    }

    [Fact]
    public async Task A_new_symbol_is_given_all_that_lacks_of_its_days()
    {
        options.BackfillDays = 1;
        exchange.Publish(Symbol, Trade(FirstId - 1, Start - DayMs - 1_000, 100));
        // A file of some hours of yesterday was imported.
        for (var ts = Start - (DayMs / 2); ts < Start - (DayMs / 4); ts += Grid.BarMs)
            sink.Store(Symbol, Bar.Flat(ts, 100, 0));
        await Connect();
        sink.Bars(Symbol).Select(b => b.Ts).ShouldBe(Enumerable.Range(0, (int)(DayMs / Grid.BarMs)).Select(i => Start - DayMs + (i * Grid.BarMs)));
        sink.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_lies_long_before_a_new_symbols_days_is_left_and_the_time_between_is_marked()
    {
        options.BackfillDays = 1;
        exchange.Publish(Symbol, Trade(FirstId - 1, Start - DayMs - 1_000, 100));
        var old = Start - (400 * DayMs);
        sink.Store(Symbol, Bar.Flat(old, 50, 7));
        await Connect();
        exchange.KlineCalls.ShouldBeLessThan(100);
        sink.Bars(Symbol)[1].Ts.ShouldBe(Start - DayMs);
        sink.Gaps.ShouldBe([(Symbol, old + Grid.BarMs, Start - DayMs, "the symbol was not followed")]);
    }

    [Fact]
    public async Task A_silence_before_the_exchange_said_that_trading_is_halted_is_no_quiet_market()
    {
        var told = new TaskCompletionSource();
        exchange.Listing.Before(() => told.Task);
        await Connect();
        exchange.SetTrading(Symbol, false);
        GoTo(Start + Grid.SlotMs);
        exchange.Beat(Start + Grid.SlotMs);
        await Eventually(() => session!.Statuses().Single().LagSeconds == 0, "the heartbeat to be taken");
        sink.Bars(Symbol).Length.ShouldBe(1);
        told.SetResult();
        await Eventually(() => sink.Gaps.Count > 0, "the gap", () => exchange.Beat(Start + Grid.SlotMs));
        sink.Gaps[0].ShouldBe((Symbol, Start, Start + Grid.SlotMs, "trading is halted at the exchange"));
        sink.Bars(Symbol).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Bars_with_trades_do_not_wait_until_the_exchange_says_whether_the_symbol_trades()
    {
        var told = new TaskCompletionSource();
        exchange.Listing.Before(() => told.Task);
        await Connect();
        Play(0, 100);
        var quietTo = End(tape[..100]) + 60_000;
        GoTo(quietTo);
        exchange.Beat(quietTo);
        await Eventually(() => session!.Statuses().Single().LagSeconds == 0, "the heartbeat to be taken");
        sink.Bars(Symbol)[1..].ShouldBe(Expected(tape[..100]));
        told.SetResult();
        await Eventually(() => sink.Bars(Symbol)[^1].Ts + Grid.BarMs == quietTo, "the quiet bars", () => exchange.Beat(quietTo));
        sink.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_silence_of_which_the_exchange_never_says_what_it_is_becomes_a_hole()
    {
        exchange.Listing.Refuse(1_000);
        await Connect();
        await Eventually(() => exchange.StatusReads > TradingState.Patience, "the exchange to be asked in vain");
        exchange.Beat(Start + Grid.SlotMs);
        await sink.Until(s => s.Gaps.Count > 0, "the gap");
        sink.Gaps[0].ShouldBe((Symbol, Start, Start + Grid.SlotMs, "the exchange did not say whether it was traded"));
        GoTo(Start + Grid.SlotMs);
        var after = tape.Select(t => t with { Ts = t.Ts + Grid.SlotMs }).ToArray();
        Play(after);
        exchange.Beat(End(after));
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(after), "the bars with trades");
    }

    [Fact]
    public async Task The_status_of_an_added_symbol_is_read_at_once()
    {
        options.StatusSeconds = 3_600;
        await Connect();
        var reads = exchange.StatusReads;
        exchange.Publish("BBB", tape[0]);
        session!.Carry([Symbol, "BBB"]);
        await Eventually(() => exchange.StatusReads > reads, "the exchange to be asked");
    }

    [Fact]
    public async Task Counts_that_could_not_be_stored_are_stored_at_the_end_of_the_session()
    {
        var clock = new MarketClock(time);
        using var lanes = new FeedLanes(options);
        var feed = new SymbolFeed(Symbol, exchange, sink, clock, Grid, options, lanes);
        feed.Counts.Duplicate();
        sink.Counts.Refuse();
        using var ending = new CancellationTokenSource();
        // Everything here answers at once: the first turn is done when this returns.
        var chores = new FeedChores(exchange, sink, clock, options, () => [feed], _ => { }, NullLogger.Instance).Run(ending.Token);
        sink.Counts.Pending.ShouldBe(0);
        sink.Tallies.ShouldBeEmpty();
        await ending.CancelAsync();
        await chores;
        sink.Tallies.ShouldBe([KeyValuePair.Create(Symbol, new FeedTally(0, 1, 0, 0, 0))]);
    }

    [Fact]
    public async Task A_halted_symbol_is_a_marked_gap_not_flat_bars()
    {
        await Halt();
        exchange.Beat(Start + Grid.SlotMs + 1);
        await sink.Until(s => s.Gaps.Count > 0, "the gap");
        await sink.Until(s => s.Gaps[^1].ToTs == Start + Grid.SlotMs, "the slot's end");
        sink.Gaps.ShouldAllBe(gap => gap.Cause.Contains("halted"));
        sink.Bars(Symbol).ShouldAllBe(b => b.Ts < sink.Gaps[0].FromTs);
        session!.Statuses().Single().State.ShouldBe("halted");
        await sink.Until(s => s.SlotEnds.Count > 0 && s.SlotEnds[^1] == Start + Grid.SlotMs, "the slot's end to be told");
    }

    [Fact]
    public async Task Trading_that_goes_on_before_the_exchange_says_so_is_taken()
    {
        await Halt();
        exchange.IsStatusHeld = true;
        var (before, after) = (tape[..20], tape[20..].Select(t => t with { Ts = t.Ts + 3_600_000 }).ToArray());
        exchange.Beat(Grid.BarOf(after[0].Ts));
        GoTo(after[^1].Ts);
        Play(after);
        exchange.Beat(End(after));
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(after), "the last bar");
        session!.Statuses().Single().State.ShouldBe("live");
        var (from, to) = (sink.Gaps.Min(g => g.FromTs), sink.Gaps.Max(g => g.ToTs));
        (from, to).ShouldBe((End(before), Grid.BarOf(after[0].Ts)));
        sink.Bars(Symbol)[1..].ShouldBe(Expected([.. before, .. after]).Where(b => b.Ts < from || b.Ts >= to));
    }

    [Fact]
    public async Task What_a_garbled_message_took_away_is_fetched_before_the_bar_closes()
    {
        await Connect();
        Play(0, 100);
        exchange.Publish(Symbol, tape[100]);
        exchange.Garble();
        exchange.Beat(End([tape[100]]));
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End([tape[100]]), "the bar to close");
        sink.Bars(Symbol)[^1].LastTradeId.ShouldBe(tape[100].Id);
        Play(101, 400);
        await ShouldBeWhole();
    }

    [Fact]
    public async Task A_false_message_from_far_ahead_is_not_taken_and_nothing_is_lost()
    {
        await Connect();
        Play(0, 100);
        exchange.Send(Symbol, tape[100] with { Id = tape[100].Id + 1_000_000 });
        exchange.Send(Symbol, tape[100] with { Id = tape[99].Id + 1, Price = -1 });
        exchange.Send(Symbol, tape[100] with { Ts = tape[100].Ts + 86_400_000 });
        Play(100, 400);
        await ShouldBeWhole();
        sink.Lines.Count(l => l.Contains("not to be had yet")).ShouldBe(1);
    }

    [Fact]
    public async Task A_trade_found_after_its_bar_is_final_makes_the_bars_anew()
    {
        await Connect();
        await FirstBeat();
        Play(0, 100);
        // Withheld by stream and REST for longer than bars are revised.
        var late = tape[100] with { Ts = tape[99].Ts + 1 };
        exchange.Beat(late.Ts + 600_000);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts >= late.Ts + 500_000, "the quiet bars");
        var after = tape[101..].Select(t => t with { Ts = t.Ts + 700_000 }).ToArray();
        exchange.Publish(Symbol, late);
        GoTo(after[^1].Ts);
        Play(after);
        exchange.Beat(End(after));
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(after), "the last bar");
        sink.Bars(Symbol)[1..].ShouldBe(Expected([.. tape[..100], late, .. after]));
        await session!.DisposeAsync();
        session = null;
        sink.Tallies.Sum(t => t.Value.Repaired).ShouldBe(1);
    }

    [Fact]
    public async Task A_quiet_stream_that_withholds_trades_is_found_out_and_left()
    {
        options.VerifyQuietSeconds = 5;
        await Connect();
        Play(0, 100);
        await sink.Until(s => s.Bars(Symbol).Length > 2, "the first bars");
        exchange.Publish(Symbol, tape[100..150]);
        await BeatTaken(tape[149].Ts + 60_000, "bars that lack the withheld trades");
        GoTo(tape[149].Ts + 60_000);
        await Eventually(() => exchange.Connections > 1, "another connection");
        sink.Lines.ShouldContain(l => l.Contains("withholds trades"));
        exchange.Beat(tape[149].Ts);
        var after = tape[150..].Select(t => t with { Ts = t.Ts + 90_000 }).ToArray();
        Play(after);
        exchange.Beat(End(after));
        await ShouldBeWhole([.. tape[..150], .. after]);
    }

    [Fact]
    public async Task An_announced_end_is_no_outage()
    {
        await Connect();
        Play(0, 100);
        exchange.End();
        await exchange.Connected();
        Play(100, 400);
        await ShouldBeWhole();
        sink.Lines.ShouldNotContain(l => l.StartsWith("warning"));
        sink.Statuses.Select(s => s.State).ShouldBe(["live"]);
    }

    [Fact]
    public async Task An_outage_longer_than_a_bar_is_kept_on_record_once_it_is_repaired()
    {
        await Connect();
        Play(0, 100);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == Grid.BarOf(tape[99].Ts), "the bars before");
        exchange.Break();
        GoTo(tape[219].Ts);
        exchange.Publish(Symbol, tape[100..220]);
        await exchange.Connected();
        exchange.Beat(tape[219].Ts);
        await sink.Until(s => s.Repaired.Count > 0, "the record");
        sink.Repaired.ShouldBe([(Symbol, Grid.BarOf(tape[99].Ts), Grid.BarOf(tape[219].Ts), "the line is dead")]);
        sink.Fetched.ShouldBe(sink.Bars(Symbol).Select(b => b.Ts).Where(ts => ts >= Grid.BarOf(tape[99].Ts)), ignoreOrder: true);
    }

    [Fact]
    public async Task A_halt_that_ends_while_the_line_is_dead_is_a_marked_gap_not_flat_bars()
    {
        const long HaltMs = 3_600_000;
        await Connect();
        Play(0, 20);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == Grid.BarOf(tape[19].Ts), "the bars before");
        exchange.EndNext(int.MaxValue, new ExchangeException(ExchangeFault.Unreachable, "the line is dead"));
        exchange.Break();
        exchange.SetTrading(Symbol, false);
        await StatusRead();
        GoTo(tape[19].Ts + HaltMs);
        exchange.SetTrading(Symbol, true);
        await StatusRead();
        var (before, after) = (tape[..20], tape[20..].Select(t => t with { Ts = t.Ts + HaltMs }).ToArray());
        GoTo(after[^1].Ts);
        exchange.Publish(Symbol, after);
        exchange.EndNext(0, null);
        await Eventually(
            () => sink.Bars(Symbol)[^1].Ts + Grid.BarMs == End(after), "the last bar",
            () => exchange.Beat(End(after)));
        var gap = sink.Gaps.ShouldHaveSingleItem();
        gap.ShouldBe((Symbol, End(before), Grid.BarOf(tape[19].Ts + HaltMs), "trading is halted at the exchange"));
        sink.Bars(Symbol)[1..].ShouldBe(Expected([.. before, .. after]).Where(b => b.Ts < gap.FromTs || b.Ts >= gap.ToTs));
        await sink.Until(s => s.Repaired.Count > 0, "the record");
        sink.Repaired.ShouldAllBe(r => r.FromTs >= gap.ToTs || r.ToTs <= gap.FromTs);
    }

    [Fact]
    public async Task A_long_outage_is_filled_from_klines()
    {
        options.KlineMinutes = 1;
        await Connect();
        await FirstBeat();
        Play(0, 100);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == Grid.BarOf(tape[99].Ts), "the bars before");
        exchange.Break();
        GoTo(tape[299].Ts);
        exchange.Publish(Symbol, tape[100..300]);
        await exchange.Connected();
        exchange.Beat(Grid.BarOf(tape[299].Ts));
        await sink.Until(s => s.Repaired.Count > 0, "the record");
        exchange.KlineCalls.ShouldBeGreaterThan(0);
        sink.Repaired.ShouldBe([(Symbol, Grid.BarOf(tape[99].Ts), Grid.BarOf(tape[299].Ts), "the line is dead")]);
        Play(300, 400);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(tape), "the last bar");
        sink.Bars(Symbol)[1..].Select(b => b with { LastTradeId = 0 }).ShouldBe(Expected(tape).Select(b => b with { LastTradeId = 0 }));
    }

    [Fact]
    public async Task The_first_trade_of_all_is_taken_after_its_bar_was_closed()
    {
        sink.Store(Symbol, Bar.Flat(Start - Grid.BarMs, 100, 0));
        await Connect();
        exchange.Beat(Start + Grid.BarMs);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts == Start, "the quiet bar");
        foreach (var trade in new[] { Trade(FirstId, Start + Grid.BarMs - 1, 101), Trade(FirstId + 1, Start + Grid.BarMs + 5_000, 102) })
        {
            GoTo(trade.Ts);
            exchange.Publish(Symbol, trade);
            exchange.Send(Symbol, trade);
        }
        exchange.Beat(Start + (2 * Grid.BarMs));
        await sink.Until(s => s.Bars(Symbol)[^1].Ts == Start + Grid.BarMs, "the second bar");
        sink.Bars(Symbol)[1..].Select(b => b.LastTradeId).ShouldBe([FirstId, FirstId + 1]);
    }

    [Fact]
    public async Task A_stream_that_withholds_the_first_trade_of_all_is_found_out_and_left()
    {
        options.VerifyQuietSeconds = 5;
        sink.Store(Symbol, Bar.Flat(Start - Grid.BarMs, 100, 0));
        await Connect();
        exchange.Publish(Symbol, Trade(FirstId, Start + 1_000, 101));
        await BeatTaken(Start + 60_000, "bars that lack the withheld trade");
        GoTo(Start + 60_000);
        await Eventually(() => exchange.Connections > 1, "another connection");
        sink.Lines.ShouldContain(l => l.Contains("withholds trades"));
    }

    [Fact]
    public async Task A_fault_that_words_itself_anew_each_time_is_one_line_of_the_log()
    {
        await Connect();
        Play(0, 100);
        var tries = 0;
        exchange.Rest.Throw(() => new ExchangeException(ExchangeFault.Banned, $"banned for {100 - tries++} s more"), 5);
        exchange.Publish(Symbol, tape[100..150]);
        Play(150, 400);
        await ShouldBeWhole();
        tries.ShouldBe(5);
        sink.Lines.Count(l => l.Contains("starts over")).ShouldBe(1);
        sink.Statuses.Select(s => s.Detail).Distinct().Count(d => d.StartsWith("banned for")).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task The_newest_reason_of_an_outage_is_shown_and_the_outage_counted_once()
    {
        await Connect();
        Play(0, 100);
        exchange.EndNext(5, new ExchangeException(ExchangeFault.Banned, "another reason"));
        exchange.Break();
        await sink.Until(s => s.Statuses[^1].Detail == "another reason", "the newest reason");
        await Eventually(() => exchange.Connections == 7, "a connection that stands");
        exchange.Beat(tape[99].Ts);
        await Eventually(() => session!.Statuses().Single().State == "live", "the end of the outage");
        await session!.DisposeAsync();
        session = null;
        sink.Tallies.Sum(t => t.Value.Outages).ShouldBe(1);
    }

    [Fact]
    public async Task A_marked_hole_stays_one_after_a_restart_but_for_bars_with_trades()
    {
        sink.Store(Symbol, Bar.Flat(Start - Grid.BarMs, 100, FirstId - 1));
        var (first, after) = (tape[0], tape[1..].Select(t => t with { Ts = t.Ts + 600_000 }).ToArray());
        await sink.MarkGap(Symbol, Start + (2 * Grid.BarMs), Start + 570_000, "trading was halted");
        // Half-way through the hole there was a trade after all.
        var inside = first with { Id = first.Id + 1, Ts = Start + 300_000 };
        Trade[] all = [first, inside, .. after.Select(t => t with { Id = t.Id + 1 })];
        exchange.Publish(Symbol, all[..10]);
        GoTo(all[^1].Ts);
        await Connect();
        Play(all[10..]);
        exchange.Beat(End(all));
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(all), "the last bar");
        sink.Bars(Symbol)[1..].ShouldBe(Expected(all).Where(
            b => b.Ts < Start + (2 * Grid.BarMs) || b.Ts >= Start + 570_000 || b.Ts == Start + 300_000));
    }

    [Fact]
    public async Task A_new_symbol_without_history_begins_with_the_running_bar()
    {
        time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(Start + 7_000));
        exchange.Publish(Symbol, tape[..2]);
        session = NewSession();
        await Carry(Symbol);
        Play(2, 400);
        await sink.Until(s => s.Bars(Symbol).Length > 0 && s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(tape), "the last bar");
        sink.Bars(Symbol).ShouldBe(Expected(tape, seeded: false));
    }

    public async ValueTask DisposeAsync()
    {
        if (session is not null)
            await session.DisposeAsync();
    }

    private static Trade Trade(long id, long ts, double price) => new(id, id, id, ts, price, 0.5, id % 3 == 0);

    private static Trade[] Tape(int count, int seed)
    {
        var random = new Random(seed);
        var (ts, price) = (Start + 200, 100.0);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            // Now and then an interval without a trade.
            ts += random.Next(3_000) + (i % 50 == 49 ? 35_000 : 0);
            price += Math.Round((random.NextDouble() - 0.5) * 2, 2);
            return Trade(FirstId + i, ts, price);
        })];
    }

    private static long End(IReadOnlyList<Trade> trades) => Grid.BarOf(trades[^1].Ts) + Grid.BarMs;

    /// <summary>Bars of the whole tape, aggregated in one go.</summary>
    private static Bar[] Expected(IReadOnlyList<Trade> trades, bool seeded = true)
    {
        var aggregator = new BarAggregator(Grid, new AggregatorOptions { MaxQuietMs = long.MaxValue });
        if (seeded)
            aggregator.Seed(Bar.Flat(Start - Grid.BarMs, 100, FirstId - 1));
        var bars = new SortedDictionary<long, Bar>();
        foreach (var trade in trades)
        {
            aggregator.Add(trade);
            Take();
        }
        aggregator.AdvanceTo(End(trades));
        Take();
        return [.. bars.Values];

        void Take()
        {
            while (aggregator.TryTake(out var change))
                bars[change.Bar.Ts] = change.Bar;
        }
    }

    private FeedSession NewSession() => new(exchange, sink, new MarketClock(time), Grid, options, NullLogger.Instance);

    /// <summary>Twenty trades, then the exchange says that trading is halted.</summary>
    private async Task Halt()
    {
        await Connect();
        Play(0, 20);
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == Grid.BarOf(tape[19].Ts), "the bars before");
        exchange.SetTrading(Symbol, false);
        await StatusRead();
        exchange.Beat(tape[19].Ts);
        await Eventually(() => session!.Statuses().Single().State is "halted", "the halt to be known");
    }

    private async Task StatusRead()
    {
        // When a third reading has begun, the one that began after the change was taken in.
        var reads = exchange.StatusReads;
        await Eventually(() => exchange.StatusReads > reads + 2, "the exchange to be asked");
    }

    /// <summary>Until the heartbeat with which a connection begins is taken: up to then the feed asks REST for trades.</summary>
    private Task FirstBeat() => Eventually(() => session!.Statuses().Single().LagSeconds is not null, "the first heartbeat to be taken");

    // A bar is stored before its heartbeat is noted. Events are taken in turn: with the next one's bar the first is noted.
    private Task BeatTaken(long ms, string what)
    {
        exchange.Beat(ms);
        exchange.Beat(ms + Grid.BarMs);
        return sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs > ms, what);
    }

    private async Task Connect()
    {
        if (sink.Bars(Symbol).Length == 0)
            sink.Store(Symbol, Bar.Flat(Start - Grid.BarMs, 100, FirstId - 1));
        exchange.SetTrading(Symbol, true);
        session = NewSession();
        await Carry(Symbol);
    }

    private async Task Carry(params string[] symbols)
    {
        session!.Carry(symbols);
        await Eventually(() => exchange.Connections > 0 && exchange.Carried.ToHashSet().SetEquals(symbols), "the symbols to be carried");
        await sink.Until(s => symbols.All(symbol => s.Lines.Contains($"loaded {symbol}")), "what is stored to be read");
        exchange.Beat(Start);
    }

    /// <summary>For what nobody tells of: looks again and again.</summary>
    private static async Task Eventually(Func<bool> holds, string what, Action? each = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}.");
            each?.Invoke();
            await Task.Delay(1);
        }
    }

    private void Play(int from, int to) => Play(tape[from..to]);

    /// <summary>Trades as they come live: REST knows them, then the stream tells them, with a heartbeat at each boundary.</summary>
    private void Play(Trade[] trades)
    {
        foreach (var trade in trades)
        {
            GoTo(trade.Ts);
            exchange.Publish(Symbol, trade);
            exchange.Send(Symbol, trade);
            exchange.Beat(Grid.BarOf(trade.Ts));
        }
        if (trades[^1].Ts == tape[^1].Ts)
            Finish(trades);
    }

    private void Finish(Trade[] trades) => exchange.Beat(End(trades));

    private void GoTo(long ms)
    {
        if (ms > time.GetUtcNow().ToUnixTimeMilliseconds())
            time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(ms));
    }

    private Task ShouldBeWhole() => ShouldBeWhole(tape);

    private async Task ShouldBeWhole(Trade[] trades)
    {
        await sink.Until(s => s.Bars(Symbol)[^1].Ts + Grid.BarMs == End(trades), "the last bar");
        sink.Bars(Symbol)[1..].ShouldBe(Expected(trades));
    }
}
