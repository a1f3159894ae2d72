using CsCheck;
using Hts.Bars;
using Hts.Postgres;

namespace Hts.Tests.Postgres;

public sealed class RollUpTests(PostgresFixture postgres)
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long Start = 20_000 * Day;

    private static readonly long[] Intervals = [30_000, Minute, 5 * Minute, 10 * Minute, Hour, 2 * Hour, Day];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rolled_bars_are_those_of_the_base_bars_whatever_happened_in_whatever_order()
    {
        var step = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3 * 5760], Gen.Int[1, 300], Gen.Int[0, 2], Gen.Int[1, 60]);
        await step.Array[8, 16].SampleAsync(async steps =>
        {
            await using var store = await PostgresFixture.Open(await postgres.NewDatabase());
            var world = new World(store);
            foreach (var (kind, place, count, revision, limit) in steps)
            {
                var at = Start + (place * Sample.BarMs);
                await (kind switch
                {
                    <= 3 => world.Write(at, count, stride: 1 + (place % 7), revision),
                    4 => world.Write(at, 1_500, stride: 1, revision),
                    <= 7 => world.Upkeep(at, keptDays: 0),
                    8 => world.Upkeep(at + (2 * Day), keptDays: 1),
                    _ => Task.CompletedTask,
                });
                await world.Check(at, at + (count * 10 * Minute), limit);
            }

            await world.Check(Start, Start + (4 * Day), int.MaxValue);
        }, iter: 8, threads: 1);
    }

    [Fact]
    public async Task Hours_whose_minutes_are_no_longer_kept_are_passed_over_at_once_when_minutes_are_asked_for()
    {
        var database = await postgres.NewDatabase();
        await using var store = await PostgresFixture.Open(database);
        await PostgresFixture.Execute(database, """
            INSERT INTO hts.symbols (name) VALUES ('BTC');
            INSERT INTO hts.bars_1h (
                symbol_id, ts, open, high, low, close, volume, taker_buy_volume, trades, last_trade_id, bars, flat, revised, backfilled)
            SELECT 1, ts, 1, 1, 1, 1, 1, 1, 1, 1, 240, 0, 0, 240 FROM generate_series('2018-01-01'::timestamptz, '2022-12-31', '1 hour') ts;
            UPDATE hts.storage_progress SET open_from = '2024-10-04', rolled_to = '2024-10-04'
            """);
        // Minute by minute it would take hours.
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        soon.CancelAfter(TimeSpan.FromMinutes(1));

        (await store.Bars.ReadRolled("BTC", Minute, 0, long.MaxValue, 1, soon.Token)).ShouldBeEmpty();
        (await store.Bars.ReadRolled("BTC", 30_000, 0, long.MaxValue, 1, soon.Token)).ShouldBeEmpty();
        (await store.Bars.ReadRolled("BTC", Day, 0, long.MaxValue, 1, soon.Token)).ShouldHaveSingleItem().Ts.ShouldBe(17_532 * Day);
        (await store.Bars.ReadNewest("BTC", Minute, long.MaxValue, soon.Token)).ShouldBeNull();
        (await store.Bars.ReadNewest("BTC", Day, 18_000 * Day, soon.Token)).ShouldBe((18_000 * Day) - Hour);
    }

    [Fact]
    public async Task What_was_written_is_in_the_answer_at_once_while_hours_are_rolled_up_beside_it()
    {
        await using var store = await PostgresFixture.Open(await postgres.NewDatabase());
        var bars = Sample.Bars(Start, 480);
        await store.Bars.Write("BTC", bars, Cancellation);
        var writing = true;
        var rounds = 0;
        var upkeep = Task.Run(async () =>
        {
            while (Volatile.Read(ref writing))
            {
                await store.Upkeep.Run(Forever, Start + (3 * Hour), Cancellation);
                Interlocked.Increment(ref rounds);
            }
        }, Cancellation);

        for (var revision = 1; revision <= 150 || Volatile.Read(ref rounds) < 2; revision++)
        {
            var place = revision * 37 % bars.Count;
            bars[place] = bars[place] with { Revision = revision, Bar = bars[place].Bar with { Volume = 1_000 * revision } };
            await store.Bars.Write("BTC", [bars[place]], Cancellation);
            var hour = bars[place].Bar.Ts / Hour * Hour;
            (await store.Bars.ReadRolled("BTC", Hour, hour, hour + Hour, 1, Cancellation)).ShouldBe(Expected(bars, Hour, hour, hour + Hour));
        }

        Volatile.Write(ref writing, false);
        await upkeep;
        await store.Upkeep.Run(Forever, Start + (3 * Hour), Cancellation);
        foreach (var interval in Intervals)
            (await store.Bars.ReadRolled("BTC", interval, 0, long.MaxValue, int.MaxValue, Cancellation)).ShouldBe(Expected(bars, interval, 0, long.MaxValue));
    }

    [Fact]
    public async Task Closed_hours_are_answered_without_their_base_bars()
    {
        var connectionString = await postgres.NewDatabase();
        await using var store = await PostgresFixture.Open(connectionString);
        var bars = Sample.Bars(Start, 400);
        await store.Bars.Write("BTC", bars, Cancellation);
        await store.Upkeep.Run(Forever, Start + (2 * Hour) + (5 * Minute), Cancellation);

        await PostgresFixture.Execute(connectionString, "DELETE FROM hts.bars WHERE ts < date_trunc('hour', (SELECT max(ts) FROM hts.bars))");

        (await store.Bars.ReadRolled("BTC", Minute, 0, long.MaxValue, int.MaxValue, Cancellation)).ShouldBe(Expected(bars, Minute, 0, long.MaxValue));
        (await store.Bars.ReadRolled("BTC", Hour, 0, long.MaxValue, int.MaxValue, Cancellation)).ShouldBe(Expected(bars, Hour, 0, long.MaxValue));
    }

    [Fact]
    public async Task A_late_bar_of_a_dropped_day_leaves_what_was_rolled_up_of_it_whole()
    {
        await using var store = await PostgresFixture.Open(await postgres.NewDatabase());
        var bars = Sample.Bars(Start, 2 * 5760);
        await store.Bars.Write("BTC", bars, Cancellation);
        (await store.Upkeep.Run(Kept(1), Start + (2 * Day), Cancellation)).Days.ShouldBe([Start]);

        await store.Bars.Write("BTC", [bars[10] with { Revision = 1 }], Cancellation);
        await store.Upkeep.Run(Forever, Start + (2 * Day), Cancellation);

        (await store.Bars.ReadRolled("BTC", Minute, 0, long.MaxValue, int.MaxValue, Cancellation)).ShouldBe(Expected(bars, Minute, 0, long.MaxValue));
    }

    [Fact]
    public async Task A_limit_is_kept_over_holes_longer_than_it()
    {
        await using var store = await PostgresFixture.Open(await postgres.NewDatabase());
        var bars = Sample.Bars(Start, 4).Concat(Sample.Bars(Start + (2 * Day), 4)).Concat(Sample.Bars(Start + (2 * Day) + (5 * Hour), 9)).ToList();
        await store.Bars.Write("BTC", bars, Cancellation);
        await store.Upkeep.Run(Forever, Start + (2 * Day) + (3 * Hour), Cancellation);

        (await store.Bars.ReadRolled("BTC", Minute, 0, long.MaxValue, 4, Cancellation)).ShouldBe(Expected(bars, Minute, 0, long.MaxValue).Take(4));
        (await store.Bars.ReadRolled("BTC", Day, 0, long.MaxValue, 1, Cancellation)).ShouldBe(Expected(bars, Day, 0, long.MaxValue).Take(1));
    }

    private static RetentionOptions Forever => Kept(0);

    private static RetentionOptions Kept(int days) => new() { BarDays = days, RollUpDays = 0, StateDays = 0 };

    /// <summary>By way of the step that a roll-up has, which is what makes an answer's sums the same wherever it comes from.</summary>
    private static List<Bar> Expected(IEnumerable<StoredBar> bars, long interval, long fromTs, long toTs)
    {
        var step = interval % Hour == 0 ? Hour : interval % Minute == 0 ? Minute : interval;
        return BarRoller.Roll(BarRoller.Roll(bars.Select(b => b.Bar), Sample.BarMs, step), step, interval)
            .Where(b => b.Ts >= fromTs && b.Ts < toTs).ToList();
    }

    /// <summary>A store and what must be in it.</summary>
    private sealed class World(PostgresStore store)
    {
        private readonly SortedDictionary<long, StoredBar> bars = [];
        private long baseFrom = Start;
        private int writes;

        public async Task Write(long fromTs, int count, int stride, int revision)
        {
            writes++;
            var some = Sample.Bars(fromTs, count * stride).Where((_, i) => i % stride == 0).Where(b => b.Bar.Ts >= baseFrom)
                .Select(b => b with { Revision = revision, Bar = b.Bar with { Volume = b.Bar.Volume + (0.1 * writes), Trades = writes } }).ToList();
            await store.Bars.Write("BTC", some, Cancellation);
            foreach (var bar in some.Where(b => !bars.TryGetValue(b.Bar.Ts, out var there) || there.Revision < b.Revision))
                bars[bar.Bar.Ts] = bar;
        }

        public async Task Upkeep(long nowMs, int keptDays)
        {
            var report = await store.Upkeep.Run(Kept(keptDays), nowMs, Cancellation);
            report.Complete.ShouldBeTrue();
            if (report.Days.Count > 0)
                baseFrom = Math.Max(baseFrom, report.Days[^1] + Day);
        }

        public async Task Check(long fromTs, long toTs, int limit)
        {
            foreach (var interval in Intervals)
            {
                // Half a minute has no roll-up.
                var from = Up(interval < Minute ? Math.Max(fromTs, baseFrom) : fromTs, interval);
                var expected = Expected(bars.Values, interval, from, Up(toTs, interval)).Take(limit);
                (await store.Bars.ReadRolled("BTC", interval, from, toTs, limit, Cancellation)).ShouldBe(expected, $"{interval} ms from {from}");
            }
        }

        private static long Up(long ts, long interval) => (ts + interval - 1) / interval * interval;
    }
}
