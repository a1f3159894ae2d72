using Hts.Ledgers;
using Hts.Postgres;

namespace Hts.Tests.Postgres;

public sealed class LedgerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Start = 1_700_000_400_000;
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
    public async Task A_row_is_written_once_and_stays_as_it_was()
    {
        var row = Sample.Row("BTC", Start);

        (await store.Ledger.Record(row, Cancellation)).ShouldBeTrue();
        (await store.Ledger.Record(row with { Pick = "trend", Reason = "another" }, Cancellation)).ShouldBeFalse();

        (await store.Ledger.Newest("BTC", "champion", Cancellation)).ShouldBeEquivalentTo(row);
    }

    [Fact]
    public async Task Of_many_who_write_one_row_at_once_exactly_one_did()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Ledger.Record(Sample.Row("BTC", Start), Cancellation)));

        written.Count(w => w).ShouldBe(1);
    }

    [Fact]
    public async Task A_row_is_settled_once_and_what_does_not_exist_is_not_settled()
    {
        var row = Sample.Row("BTC", Start);
        await store.Ledger.Record(row, Cancellation);
        var settlement = Sample.Settled(row);

        (await store.Ledger.Settle(settlement, Cancellation)).ShouldBeTrue();
        (await store.Ledger.Settle(settlement with { Reason = "again" }, Cancellation)).ShouldBeFalse();
        (await store.Ledger.Settle(settlement with { Symbol = "ETH" }, Cancellation)).ShouldBeFalse();

        var entry = (await store.Ledger.Read(new LedgerQuery("BTC", 0, long.MaxValue, null, false, 10), Cancellation)).ShouldHaveSingleItem();
        entry.Row.ShouldBeEquivalentTo(row);
        entry.Settlement.ShouldBeEquivalentTo(settlement);
    }

    [Fact]
    public async Task A_slot_without_a_prediction_and_without_an_outcome_is_explained()
    {
        var missed = new LedgerRow("BTC", Start, "champion", null, null, Start + Sample.SlotMs, null, null, null, null, "missed", null, Start + 70_000);
        await store.Ledger.Record(missed, Cancellation);
        var settlement = new Settlement("BTC", Start, "champion", null, Start + 700_000, "hole in the window");
        await store.Ledger.Settle(settlement, Cancellation);

        var entry = (await store.Ledger.Read(new LedgerQuery("BTC", 0, long.MaxValue, "champion", false, 10), Cancellation)).ShouldHaveSingleItem();

        entry.Row.ShouldBe(missed);
        entry.Settlement.ShouldBe(settlement);
        (await store.Ledger.Read(new LedgerQuery(null, 0, long.MaxValue, null, SettledOnly: true, 10), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Unsettled_rows_come_oldest_first_and_entries_newest_first_with_ascending_sequence_of_change()
    {
        var rows = Enumerable.Range(0, 4).Select(i => Sample.Row("BTC", Start + (i * Sample.SlotMs))).ToList();
        foreach (var row in rows)
            await store.Ledger.Record(row, Cancellation);
        await store.Ledger.Record(Sample.Row("ETH", Start), Cancellation);
        await store.Ledger.Settle(Sample.Settled(rows[1]), Cancellation);

        (await store.Ledger.Unsettled("BTC", 10, Cancellation)).Select(r => r.BaseTs).ShouldBe([rows[0].BaseTs, rows[2].BaseTs, rows[3].BaseTs]);
        var entries = await store.Ledger.Read(new LedgerQuery("BTC", Start, Start + (3 * Sample.SlotMs), null, false, 2), Cancellation);
        entries.Select(e => e.Row.BaseTs).ShouldBe([rows[2].BaseTs, rows[1].BaseTs]);
        entries[1].Sequence.ShouldBeGreaterThan(entries[0].Sequence);
    }

    [Fact]
    public async Task The_view_names_a_column_per_strategy()
    {
        var row = Sample.Row("BTC", Start);
        await store.Ledger.Record(row, Cancellation);
        await store.Ledger.Settle(Sample.Settled(row), Cancellation);

        var values = await PostgresFixture.Scalar<double[]>(
            connectionString, "SELECT ARRAY[predicted_breakout, lower_scalper, upper_short_hold, outcome_trend] FROM hts.predictions WHERE symbol = 'BTC'");

        values.ShouldBe([3, -4, 16, .1]);
    }

    [Fact]
    public async Task Another_set_of_strategies_reads_old_rows_by_name_and_settles_them_in_their_order()
    {
        var row = Sample.Row("BTC", Start);
        await store.Ledger.Record(row, Cancellation);
        string[] moved = ["short_hold", "trend", "mean_revert", "breakout", "scalper", "long_hold", "seventh"];
        await using var later = await PostgresFixture.Open(connectionString, strategies: moved);

        (await later.Ledger.Newest("BTC", "champion", Cancellation))!.PredictedPct.ShouldBe([6, 1, 2, 3, 4, 5, double.NaN]);
        await later.Ledger.Settle(Sample.Settled(row) with { OutcomePct = [60, 10, 20, 30, 40, 50, 70] }, Cancellation);

        var entries = await store.Ledger.Read(new LedgerQuery("BTC", 0, long.MaxValue, null, true, 10), Cancellation);
        entries[0].Settlement!.OutcomePct.ShouldBe([10, 20, 30, 40, 50, 60]);
        (await PostgresFixture.Scalar<double>(connectionString, "SELECT outcome_short_hold FROM hts.predictions")).ShouldBe(60);
        (await PostgresFixture.Scalar<bool>(connectionString, "SELECT predicted_seventh IS NULL FROM hts.predictions")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_row_with_a_value_too_few_is_refused_before_it_is_queued()
    {
        var error = await Should.ThrowAsync<ArgumentException>(() => store.Ledger.Record(Sample.Row("BTC", Start) with { PredictedPct = [1] }, Cancellation));

        error.Message.ShouldBe("predicted has 1 values, the set has 6 strategies.");
    }
}
