using Hts.Bars;
using Hts.Postgres;

namespace Hts.Tests.Postgres;

public sealed class AuditTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Start = 1_700_000_400_000;
    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        store = await PostgresFixture.Open(await postgres.NewDatabase());
        // Ten slots of bars, predicted from the first boundary on.
        await store.Symbols.Add("BTC", Start, 200, Cancellation);
        await store.Symbols.StartSpan("BTC", Start, Cancellation);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_system_that_did_all_it_owed_has_no_findings()
    {
        await Run(slots: 10);

        (await Audit()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_slot_without_a_champion_row_is_missing_even_when_a_shadow_has_one()
    {
        await Run(slots: 10, skip: [3, 4, 7]);
        await store.Ledger.Record(Sample.Row("BTC", Slot(3), "shadow"), Cancellation);
        await store.Ledger.Settle(Sample.Settled(Sample.Row("BTC", Slot(3), "shadow")), Cancellation);

        (await Audit()).ShouldBe([
            new AuditFinding("missing", "BTC", Slot(3), Slot(5), "champion", 2),
            new AuditFinding("missing", "BTC", Slot(7), Slot(8), "champion", 1)]);
    }

    [Fact]
    public async Task A_row_whose_window_is_long_over_must_be_settled()
    {
        await Run(slots: 10, unsettled: [2]);

        (await Audit()).ShouldBe([new AuditFinding("unsettled", "BTC", Slot(2), Slot(3), "champion", 1)]);
    }

    [Fact]
    public async Task A_settlement_may_wait_for_late_bars_as_long_as_it_is_allowed_to()
    {
        await Run(slots: 10, unsettled: [8]);

        (await Audit(TimeSpan.FromMinutes(10))).ShouldBeEmpty();
        (await Audit()).ShouldBe([new AuditFinding("unsettled", "BTC", Slot(8), Slot(9), "champion", 1)]);
    }

    [Fact]
    public async Task Nothing_is_owed_for_the_time_a_system_was_off()
    {
        await Run(slots: 10);
        await store.Symbols.Add("OFF", Start, 200, Cancellation);
        await store.Symbols.StartSpan("OFF", Start, Cancellation);

        (await Audit()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stopped_symbol_owes_nothing_after_its_span()
    {
        await Run(slots: 10, skip: [6, 7, 8, 9]);
        await store.Symbols.Stop("BTC", Slot(6), Cancellation);

        (await Audit()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_beside_the_slot_grid_is_found()
    {
        await Run(slots: 10);
        var row = Sample.Row("BTC", Slot(2) + 15_000);
        await store.Ledger.Record(row, Cancellation);
        await store.Ledger.Settle(Sample.Settled(row), Cancellation);

        (await Audit()).ShouldBe([new AuditFinding("off-grid", "BTC", row.BaseTs, row.BaseTs + Sample.SlotMs, "champion", 1)]);
    }

    [Fact]
    public async Task A_hole_is_found_as_far_as_no_gap_explains_it()
    {
        await Run(slots: 10, lostBars: Enumerable.Range(100, 20).ToHashSet());
        (await Audit()).ShouldBe([new AuditFinding("hole", "BTC", Bar(100), Bar(120), null, 20)]);

        await store.Bars.MarkGap("BTC", new Gap(Bar(90), Bar(105), "feed lost", Start), Cancellation);
        await store.Bars.MarkGap("BTC", new Gap(Bar(110), Bar(120), "halted", Start), Cancellation);
        (await Audit()).ShouldBe([new AuditFinding("hole", "BTC", Bar(105), Bar(110), null, 5)]);

        await store.Bars.MarkGap("BTC", new Gap(Bar(105), Bar(110), "feed lost", Start), Cancellation);
        (await Audit()).ShouldBeEmpty();
    }

    [Fact]
    public void A_finding_is_one_line_for_people() =>
        new AuditFinding("missing", "BTC", 0, 1_200_000, "champion", 2).ToString()
            .ShouldBe("BTC: 2 missing champion predictions in [1970-01-01T00:00:00Z, 1970-01-01T00:20:00Z)");

    private static long Slot(int number) => Start + (number * Sample.SlotMs);

    private static long Bar(int number) => Start + (number * Sample.BarMs);

    /// <summary>What a running system leaves: bars to the end, a champion row per slot, a settlement per window that is over.</summary>
    private async Task Run(int slots, int[]? skip = null, int[]? unsettled = null, IReadOnlySet<int>? lostBars = null)
    {
        var bars = Sample.Bars(Start, slots * 40).Where((_, i) => lostBars is null || !lostBars.Contains(i)).ToList();
        await store.Bars.Write("BTC", bars, Cancellation);
        for (var slot = 0; slot < slots; slot++)
        {
            if (skip?.Contains(slot) == true)
                continue;
            var row = Sample.Row("BTC", Slot(slot));
            await store.Ledger.Record(row, Cancellation);
            if (unsettled?.Contains(slot) != true && slot < slots - 1)
                await store.Ledger.Settle(Sample.Settled(row), Cancellation);
        }
    }

    private async Task<List<AuditFinding>> Audit(TimeSpan settleGrace = default)
    {
        var findings = new List<AuditFinding>();
        await foreach (var finding in store.Audit(Grid.Default, settleGrace).Run(Cancellation))
            findings.Add(finding);
        return findings;
    }
}
