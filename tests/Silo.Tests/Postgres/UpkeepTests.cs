using Hts.Bars;
using Hts.Postgres;
using Hts.Slots;
using Hts.Training;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hts.Tests.Postgres;

public sealed class UpkeepTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    private const long Start = 20_000 * Day;
    private string connectionString = "";
    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connectionString = await postgres.NewDatabase();
        store = await PostgresFixture.Open(connectionString);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Days_are_there_before_their_first_bar()
    {
        await store.Upkeep.Run(new RetentionOptions { DaysAhead = 2 }, Start + Hour, Cancellation);

        (await Tables("bars_2%")).ShouldBe(["bars_20241004", "bars_20241005", "bars_20241006"]);
    }

    [Fact]
    public async Task Days_no_longer_kept_are_dropped_oldest_first_and_leave_no_hole()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 4 * 5760), Cancellation);

        var report = await store.Upkeep.Run(Kept(2), Start + (4 * Day), Cancellation);

        report.Days.ShouldBe([Start, Start + Day]);
        (await store.Bars.Read("BTC", 0, long.MaxValue, 1, Cancellation))[0].Bar.Ts.ShouldBe(Start + (2 * Day));
        (await store.Bars.ReadRolled("BTC", Hour, 0, long.MaxValue, int.MaxValue, Cancellation)).Count.ShouldBe(96);
        await foreach (var finding in store.Audit(Grid.Default, TimeSpan.Zero).Run(Cancellation))
            Assert.Fail(finding.ToString());
    }

    [Fact]
    public async Task A_day_that_is_being_read_is_left_for_later_and_the_reader_is_not_disturbed()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 2 * 5760), Cancellation);
        await using var reader = new NpgsqlConnection(connectionString);
        await reader.OpenAsync(Cancellation);
        await using (var transaction = await reader.BeginTransactionAsync(Cancellation))
        {
            (await Count(reader)).ShouldBe(2 * 5760);

            (await store.Upkeep.Run(Kept(1), Start + (2 * Day), Cancellation)).ShouldSatisfyAllConditions(
                report => report.Complete.ShouldBeFalse(), report => report.Days.ShouldBeEmpty());

            (await Count(reader)).ShouldBe(2 * 5760);
            await transaction.CommitAsync(Cancellation);
        }

        (await store.Upkeep.Run(Kept(1), Start + (2 * Day), Cancellation)).Days.ShouldBe([Start]);
    }

    [Fact]
    public async Task A_day_to_which_a_writer_is_at_work_is_not_dropped_before_its_hours_hold_what_he_wrote()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 160), Cancellation);
        await store.Upkeep.Run(Kept(0), Start + (2 * Day), Cancellation);
        await using var writer = new NpgsqlConnection(connectionString);
        await writer.OpenAsync(Cancellation);
        await using var transaction = await writer.BeginTransactionAsync(Cancellation);
        await Execute(
            writer,
            """
            INSERT INTO hts.stale_hours (symbol_id, hour) SELECT DISTINCT symbol_id, date_trunc('hour', ts) FROM hts.bars;
            INSERT INTO hts.bars (
                ts, known_at, last_trade_id, open, high, low, close, volume, taker_buy_volume, symbol_id, trades, revision, backfilled)
            SELECT ts + interval '40 minutes', known_at, last_trade_id, open, high, low, close, volume, taker_buy_volume, symbol_id, trades,
                revision, backfilled
            FROM hts.bars WHERE ts < to_timestamp(1728000000) + interval '20 minutes'
            """);

        var upkeep = Task.Run(() => store.Upkeep.Run(Kept(1), Start + (2 * Day), Cancellation), Cancellation);
        while (!upkeep.IsCompleted && await PostgresFixture.Scalar<long>(
            connectionString, "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'hts.bars'::regclass") == 0)
            await Task.Delay(5, Cancellation);
        await transaction.CommitAsync(Cancellation);
        await upkeep;
        (await store.Upkeep.Run(Kept(1), Start + (2 * Day), Cancellation)).Days.ShouldBe([Start]);

        var hour = (await store.Bars.ReadRolled("BTC", Hour, 0, long.MaxValue, 10, Cancellation)).ShouldHaveSingleItem();
        hour.Trades.ShouldBe(Enumerable.Range(1, 160).Sum() + Enumerable.Range(1, 80).Sum());
    }

    [Fact]
    public async Task A_drop_that_broke_off_is_finished_and_its_day_can_be_written_again()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 5), Cancellation);
        await PostgresFixture.Execute(
            connectionString, "ALTER TABLE hts.bars DETACH PARTITION hts.bars_20241004; ALTER TABLE hts.bars_20241004 RENAME TO bars_20241004_dropped");
        await store.Bars.Write("BTC", Sample.Bars(Start, 3), Cancellation);

        await store.Upkeep.Run(Kept(0), Start + Hour, Cancellation);

        (await Tables("%dropped")).ShouldBeEmpty();
        (await store.Bars.Read("BTC", 0, long.MaxValue, 10, Cancellation)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task One_process_at_a_time_does_the_upkeep()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 5760), Cancellation);
        await using var other = await PostgresFixture.Open(connectionString);

        var reports = await Task.WhenAll(
            Task.Run(() => store.Upkeep.Run(Kept(0), Start + Day, Cancellation), Cancellation),
            Task.Run(() => other.Upkeep.Run(Kept(0), Start + Day, Cancellation), Cancellation));

        reports.Sum(r => r.Hours).ShouldBe(23);
    }

    [Fact]
    public async Task Minutes_no_longer_kept_are_dropped_by_the_month_and_hours_stay()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 5760), Cancellation);
        await store.Bars.Write("BTC", Sample.Bars(Start + (90 * Day), 5760), Cancellation);

        var options = new RetentionOptions { BarDays = 30, RollUpDays = 60 };
        var report = await store.Upkeep.Run(options, Start + (92 * Day), Cancellation);

        report.Months.Count.ShouldBe(1);
        (await store.Bars.ReadRolled("BTC", 60_000, 0, long.MaxValue, int.MaxValue, Cancellation))[0].Ts.ShouldBe(Start + (90 * Day));
        (await store.Bars.ReadRolled("BTC", Hour, 0, long.MaxValue, 1, Cancellation))[0].Ts.ShouldBe(Start);
    }

    [Fact]
    public async Task Of_old_slots_one_state_a_day_stays_and_a_rebuild_finds_it()
    {
        for (var slot = 0; slot < 300; slot++)
            await store.Slots.Write(new SlotRow("BTC", Start + (slot * Sample.SlotMs), [1, 2, 3, 4, 5, 6], null, null, true, "h", [7]), Cancellation);

        var report = await store.Upkeep.Run(new RetentionOptions { StateDays = 1 }, Start + (2 * Day) + Hour, Cancellation);

        report.States.ShouldBe(149 - 1);
        (await store.Upkeep.Run(new RetentionOptions { StateDays = 1 }, Start + (2 * Day) + Hour, Cancellation)).States.ShouldBe(0);
        (await store.Slots.ReadState("BTC", "h", Start + (23 * Hour), Cancellation))!.Ts.ShouldBe(Start);
        (await store.Slots.ReadState("BTC", "h", Start + Day + (3 * Hour), Cancellation))!.Ts.ShouldBe(Start + Day + (3 * Hour));
        var labels = await store.Slots.Read("BTC", Start, Start + Day, 1_000, Cancellation);
        labels.Count.ShouldBe(144);
        labels.ShouldAllBe(l => l.NetPct != null);
        labels.Count(l => l.State.Length > 0).ShouldBe(1);
    }

    [Fact]
    public async Task A_rebuild_of_thinned_slots_leaves_one_state_a_day_too()
    {
        var slots = Enumerable.Range(0, 288).Select(s => new SlotRow("BTC", Start + (s * Sample.SlotMs), null, null, null, false, "h", [7])).ToList();
        await store.Slots.Write(slots[0], Cancellation);
        await store.Upkeep.Run(new RetentionOptions { StateDays = 1 }, Start + (2 * Day), Cancellation);

        await Task.WhenAll(slots.Select(s => store.Slots.Write(s, Cancellation)));

        var stored = await store.Slots.Read("BTC", Start, Start + (2 * Day), 1_000, Cancellation);
        stored.Count.ShouldBe(288);
        stored.Where(s => s.State.Length > 0).Select(s => s.Ts).ShouldBe([Start, .. slots.Skip(144).Select(s => s.Ts)]);
    }

    [Fact]
    public async Task Bars_stored_before_they_were_packed_are_there_after()
    {
        var before = await postgres.NewDatabase(migrated: false);
        var scripts = MigrationScript.ReadAll();
        await using var database = PostgresDatabase.Connect(before);
        await Migrations.Apply(database, [.. scripts.Where(s => s.Version < 7)], NullLogger.Instance, Cancellation);
        await PostgresFixture.Execute(before, """
            CREATE TABLE hts.bars_20241004 PARTITION OF hts.bars FOR VALUES FROM ('2024-10-04T00:00:00Z') TO ('2024-10-05T00:00:00Z');
            INSERT INTO hts.symbols (name) VALUES ('BTC');
            INSERT INTO hts.bars VALUES (1, '2024-10-04T00:00:00Z', 10, 13, 9, 11, 5, 4, 3, 2, '2024-10-04T00:00:16Z', 1, true)
            """);

        await using var migrated = await PostgresFixture.Open(before);

        var old = new StoredBar(new Bar(Start, 10, 13, 9, 11, 5, 4, 3, 2), Start + 16_000, 1, true);
        (await migrated.Bars.Read("BTC", 0, long.MaxValue, 10, Cancellation)).ShouldBe([old]);
        var more = Sample.Bars(Start + Sample.BarMs, 10_000);
        await migrated.Bars.Write("BTC", [old with { Revision = 2 }, .. more], Cancellation);
        (await migrated.Bars.Read("BTC", 0, long.MaxValue, 20_000, Cancellation)).ShouldBe([old with { Revision = 2 }, .. more]);
    }

    [Theory]
    [InlineData(364, 1_100, "Storage:BarDays is 364; allowed is 0 (all) or 365 (Training:WindowDays) to 36500.")]
    [InlineData(400, 399, "Storage:RollUpDays is 399; allowed is 0 (all) or 400 (BarDays) to 36500.")]
    [InlineData(0, 500, "Storage:RollUpDays is 500; allowed is 0 (all), as for BarDays.")]
    public void Retention_that_takes_what_is_needed_is_refused(int barDays, int rollUpDays, string failure) =>
        Validate(new RetentionOptions { BarDays = barDays, RollUpDays = rollUpDays }).Failures.ShouldBe([failure]);

    [Fact]
    public void Retention_may_keep_all_and_the_defaults_are_allowed()
    {
        Validate(new RetentionOptions()).Succeeded.ShouldBeTrue();
        Validate(new RetentionOptions { BarDays = 0, RollUpDays = 0, StateDays = 0 }).Succeeded.ShouldBeTrue();
    }

    private static ValidateOptionsResult Validate(RetentionOptions options) =>
        new RetentionOptionsValidator(Options.Create(new TrainingScheduleOptions())).Validate(null, options);

    private static RetentionOptions Kept(int days) => new() { BarDays = days, RollUpDays = 0, StateDays = 0 };

    private static async Task<long> Count(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM hts.bars", connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private Task<string[]> Tables(string pattern) => PostgresFixture.Scalar<string[]>(
        connectionString, $"SELECT array(SELECT relname::text FROM pg_class WHERE relnamespace = 'hts'::regnamespace AND relkind = 'r' AND relname LIKE '{pattern}' ORDER BY 1)");
}
