using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Models;
using Hts.Postgres;
using Hts.Slots;
using Hts.Symbols;
using Hts.Training;

namespace Hts.Tests.Postgres;

public sealed class OtherStoresTests(PostgresFixture postgres) : IAsyncLifetime
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
    public async Task A_symbols_spans_start_once_stop_and_start_anew()
    {
        (await store.Symbols.Add("BTC", 1000, 200, Cancellation)).ShouldBe(new SymbolRecord("BTC", true, 1000, null, null));
        (await store.Symbols.Add("BTC", 2000, 200, Cancellation)).AddedAt.ShouldBe(1000);
        (await store.Symbols.StartSpan("BTC", 600_000, Cancellation)).ShouldBe(600_000);
        (await store.Symbols.StartSpan("BTC", 1_200_000, Cancellation)).ShouldBe(600_000);

        await store.Symbols.Stop("BTC", 1_800_000, Cancellation);
        (await store.Symbols.Find("BTC", Cancellation)).ShouldBe(new SymbolRecord("BTC", false, 1000, 600_000, 1_800_000));

        (await store.Symbols.Add("BTC", 3_000_000, 200, Cancellation)).ShouldBe(new SymbolRecord("BTC", true, 3_000_000, null, null));
        await Should.ThrowAsync<KeyNotFoundException>(() => store.Symbols.StartSpan("ETH", 0, Cancellation));
    }

    [Fact]
    public async Task Symbols_are_dealt_to_the_first_shard_with_room_and_stay_there()
    {
        foreach (var symbol in new[] { "CCC", "AAA", "BBB", "DDD" })
            await store.Symbols.Add(symbol, 1000, 2, Cancellation);
        await store.Symbols.Stop("AAA", 0, Cancellation);
        await Task.WhenAll(store.Symbols.Add("EEE", 1000, 2, Cancellation), store.Symbols.Add("FFF", 1000, 2, Cancellation));

        var active = (await store.Symbols.List(Cancellation)).Where(s => s.Active).ToArray();
        active.Where(s => s.Name.CompareTo("E") < 0).Select(s => (s.Name, s.Shard)).ShouldBe([("BBB", 1), ("CCC", 0), ("DDD", 1)]);
        active.Select(s => s.Shard).Order().ShouldBe([0, 0, 1, 1, 2]);
    }

    [Fact]
    public async Task A_symbol_that_only_has_bars_is_not_listed()
    {
        await store.Bars.Write("ETH", Sample.Bars(Start, 1), Cancellation);
        await store.Symbols.Add("BTC", 1000, 200, Cancellation);

        (await store.Symbols.List(Cancellation)).Select(s => s.Name).ShouldBe(["BTC"]);
        (await store.Symbols.Find("ETH", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Slots_are_replaced_and_the_newest_state_of_a_hash_is_found()
    {
        var first = new SlotRow("BTC", Start, [1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5], true, "h1", [1, 2, 3]);
        var second = new SlotRow("BTC", Start + 600_000, null, null, null, false, "h2", [4]);
        await store.Slots.Write(first with { State = [9] }, Cancellation);
        await store.Slots.Write(first, Cancellation);
        await store.Slots.Write(second, Cancellation);

        (await store.Slots.ReadState("BTC", "h1", long.MaxValue, Cancellation)).ShouldBeEquivalentTo(first);
        (await store.Slots.ReadState("BTC", "h2", Start, Cancellation)).ShouldBeNull();
        (await store.Slots.Read("BTC", Start, Start + 600_001, 10, Cancellation)).ShouldBeEquivalentTo(new List<SlotRow> { first, second });
        (await PostgresFixture.Scalar<double>(
            connectionString, "SELECT breakout_return_pct + breakout_gross_pct + breakout_sides FROM hts.simulations_10m WHERE symbol = 'BTC' AND complete")).ShouldBe(3 + 4 + 2);
    }

    [Fact]
    public async Task Bars_of_two_lengths_do_not_come_into_one_database()
    {
        await store.RequireGrid(new Grid(30), mayBeFirst: false, Cancellation);
        await store.RequireGrid(new Grid(60), mayBeFirst: true, Cancellation);
        await store.RequireGrid(new Grid(60), mayBeFirst: false, Cancellation);
        await using var other = await PostgresFixture.Open(connectionString);

        foreach (var mayBeFirst in new[] { false, true })
        {
            var refused = await Should.ThrowAsync<SchemaException>(() => other.RequireGrid(Grid.Default, mayBeFirst, Cancellation));
            refused.Message.ShouldStartWith("The database has bars of 60 s and slots of 600 s; Features:BarSeconds is 15 and");
        }
    }

    [Fact]
    public async Task A_label_whose_bars_are_no_longer_kept_outlives_a_rebuild()
    {
        var known = new SlotRow("BTC", Start, [1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5], true, "h1", [1]);
        await store.Slots.Write(known, Cancellation);

        (await store.Slots.Write(new SlotRow("BTC", Start, null, null, null, false, "h1", [2]), Cancellation)).ShouldBeTrue();
        (await store.Slots.Read("BTC", Start, Start + 1, 1, Cancellation)).ShouldBeEquivalentTo(new List<SlotRow> { known });

        var otherwise = new SlotRow("BTC", Start, null, null, null, false, "h2", [3]);
        await store.Slots.Write(otherwise, Cancellation);
        (await store.Slots.Read("BTC", Start, Start + 1, 1, Cancellation)).ShouldBeEquivalentTo(new List<SlotRow> { otherwise });
    }

    [Fact]
    public async Task An_embedding_left_out_stays_and_the_row_is_known_when_the_later_part_was()
    {
        var a = Enumerable.Range(0, 256).Select(i => i / 7f).ToArray();
        var b = Enumerable.Range(0, 256).Select(i => -i / 3f).ToArray();
        await store.Embeddings.Write(new EmbeddingRow("BTC", Start, "text a", null, a, null, "local", Start + 50), Cancellation);
        await store.Embeddings.Write(new EmbeddingRow("BTC", Start, null, "text b", null, b, "local", Start + 20), Cancellation);

        var expected = new EmbeddingRow("BTC", Start, "text a", "text b", a, b, "local", Start + 50);
        (await store.Embeddings.ReadLast("BTC", 5, Start + 50, Cancellation)).ShouldHaveSingleItem().ShouldBeEquivalentTo(expected);
        (await store.Embeddings.ReadLast("BTC", 5, Start + 49, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_embedding_that_was_back_filled_is_marked()
    {
        var live = new EmbeddingRow("BTC", Start, "a", null, new float[256], null, "local", Start);
        var backfilled = new EmbeddingRow("BTC", Start + 1, null, "b", null, new float[256], "local", Start + 60, Start + 900);
        await store.Embeddings.Write(live, Cancellation);
        await store.Embeddings.Write(backfilled, Cancellation);

        (await store.Embeddings.ReadLast("BTC", 5, long.MaxValue, Cancellation)).Select(r => r.ReceivedAt).ShouldBe([null, Start + 900]);
        (await PostgresFixture.Scalar<long>(
            connectionString, "SELECT count(*) FROM hts.ai_outputs WHERE backfilled AND received_at > known_at")).ShouldBe(1);

        // The market's own text of that instant, written later: the row stays marked.
        await store.Embeddings.Write(live with { BaseTs = Start + 1, KnownAt = Start + 1 }, Cancellation);
        (await store.Embeddings.ReadLast("BTC", 1, long.MaxValue, Cancellation)).Select(r => (r.KnownAt, r.ReceivedAt)).ShouldBe([(Start + 60, Start + 900)]);
    }

    [Fact]
    public async Task The_newest_of_each_text_are_found_however_far_apart()
    {
        foreach (var (slot, a, b) in new[] { (0, false, true), (1, true, true), (2, true, false), (3, true, false), (4, true, false) })
            await store.Embeddings.Write(
                new EmbeddingRow("BTC", Start + slot, null, null, a ? new float[256] : null, b ? new float[256] : null, "local", Start), Cancellation);

        (await store.Embeddings.ReadNewest("BTC", 2, Cancellation)).Select(row => row.BaseTs - Start).ShouldBe([0, 1, 3, 4]);
        (await store.Embeddings.ReadNewest("NONE", 2, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_parts_of_one_embedding_written_at_once_are_both_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).SelectMany(i => new[]
        {
            store.Embeddings.Write(new EmbeddingRow($"S{i}", Start, "a", null, new float[256], null, "local", Start), Cancellation),
            store.Embeddings.Write(new EmbeddingRow($"S{i}", Start, null, "b", null, new float[256], "local", Start), Cancellation),
        }));

        (await PostgresFixture.Scalar<long>(
            connectionString, "SELECT count(*) FROM hts.ai_outputs WHERE embedding_a IS NOT NULL AND embedding_b IS NOT NULL")).ShouldBe(100);
    }

    [Fact]
    public async Task An_embedding_of_another_size_is_refused() => await Should.ThrowAsync<RowRefusedException>(
        () => store.Embeddings.Write(new EmbeddingRow("BTC", Start, null, null, new float[3], null, "local", Start), Cancellation));

    [Fact]
    public async Task Events_ascend_and_are_read_newest_first()
    {
        var first = await store.Events.Write(new EventRow(0, Start, "feed", "info", "BTC", "connected"), Cancellation);
        var second = await store.Events.Write(new EventRow(0, Start, "system", "error", null, "disk full"), Cancellation);

        second.Id.ShouldBeGreaterThan(first.Id);
        (await store.Events.Read(long.MaxValue, null, 10, Cancellation)).ShouldBe([second, first]);
        (await store.Events.Read(second.Id, "BTC", 10, Cancellation)).ShouldBe([first]);
    }

    [Fact]
    public async Task Lists_go_on_after_a_place_where_several_rows_share_an_instant()
    {
        string[] names = ["d", "c", "b", "a"];
        foreach (var (name, at) in names.Zip([Start + 1, Start, Start, Start - 1]))
        {
            await store.Models.Write(
                new ModelRow(name, "cond", "candidate", null, null, "", "", "", "", at, "", [1, 2, 3, 4, 5, 6], "{}", "{}"), Cancellation);
            await store.TrainingRuns.Write(new TrainingRunRow(name, Start, "evaluating", at, null, 1, null, "local", ""), Cancellation);
            await store.TrainingRuns.WriteGate(new GateRecord(name, "{}", "{}"), Cancellation);
            await store.Embeddings.Write(new EmbeddingRow("BTC", at, name, null, new float[256], null, "local", at), Cancellation);
        }

        (await store.Models.List(2, Cancellation)).Select(m => m.Version).ShouldBe(["d", "c"]);
        (await store.Models.ListAfter(Start, "c", 9, Cancellation)).Select(m => m.Version).ShouldBe(["b", "a"]);
        (await store.TrainingRuns.ListAfter(Start, "c", 1, Cancellation)).Select(r => r.JobName).ShouldBe(["b"]);
        (await store.TrainingRuns.ListGatesAfter(Start, "c", 9, Cancellation)).Select(g => g.JobName).ShouldBe(["b", "a"]);
        (await store.Models.ListAfter(Start - 1, "a", 9, Cancellation)).ShouldBeEmpty();
        (await store.Embeddings.ReadBefore("BTC", Start + 1, 1, Cancellation)).ShouldHaveSingleItem().BaseTs.ShouldBe(Start);
        (await store.Embeddings.ReadBefore("BTC", Start, 9, Cancellation)).ShouldHaveSingleItem().TextA.ShouldBe("a");
    }

    [Fact]
    public async Task Models_and_training_runs_are_replaced_by_their_names()
    {
        var model = new ModelRow(
            "m-1", "cond", "candidate", null, null, "file:m", "abc", "job-1", "file:t", Start, "waiting", [1, 2, 3, 4, 5, 6], """{"mse": 1}""", "{}");
        await store.Models.Write(model, Cancellation);
        var champion = model with { State = "champion", Epoch = 1, EffectiveFrom = Start + 600_000, Reason = "first" };
        await store.Models.Write(champion, Cancellation);
        var run = new TrainingRunRow("job-1", Start, "training", Start + 5, null, 12, null, "local", "");
        await store.TrainingRuns.Write(run, Cancellation);
        var ended = run with { State = "promoted", FinishedAt = Start + 9, ModelVersion = "m-1", Reason = "better", Place = "ml.m5.xlarge", EstimatedSeconds = 70, BillableSeconds = 64, Cost = 0.25 };
        await store.TrainingRuns.Write(ended, Cancellation);

        (await store.Models.Find("m-1", Cancellation)).ShouldBeEquivalentTo(champion);
        (await store.Models.List(10, Cancellation)).Count.ShouldBe(1);
        (await store.TrainingRuns.List(10, Cancellation)).ShouldBe([ended]);
    }

    [Fact]
    public async Task The_gates_first_decision_on_a_run_stands_as_it_was_written()
    {
        await store.TrainingRuns.Write(new TrainingRunRow("job-2", Start, "evaluating", Start, null, 12, null, "local", ""), Cancellation);
        var gate = new GateRecord("job-2", """{"b": 1,  "a": 2}""", """{"promote": true}""");
        (await store.TrainingRuns.FindGate("job-2", Cancellation)).ShouldBeNull();

        await store.TrainingRuns.WriteGate(gate, Cancellation);
        await store.TrainingRuns.WriteGate(gate with { DecisionJson = """{"promote": false}""" }, Cancellation);

        (await store.TrainingRuns.FindGate("job-2", Cancellation)).ShouldBe(gate);
        (await store.TrainingRuns.ListGates(10, Cancellation)).ShouldBe([gate]);
    }
}
