using Hts.Bars;
using Hts.History;
using Hts.Markets;
using Hts.Tests.Cluster;

namespace Hts.Tests.Markets;

public sealed class MarketGrainTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private static readonly int Slots = Worlds.WarmSlots + 6;
    private static readonly Bar[] Bars = Worlds.Walk(Slots, seed: 1);
    private static readonly long End = Worlds.Slot(Slots);
    private static int symbols;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_features_and_labels_equal_the_batch_ones_at_every_slot()
    {
        var market = Market(out _);
        var expected = Reference.Of(Bars);
        await market.Append(Worlds.Messages(Bars[..^(3 * Worlds.Grid.BarsPerSlot)]));
        for (var slot = Slots - 3; slot < Slots; slot++)
        {
            await market.Append(Worlds.Messages(Bars.Where(b => Worlds.Grid.SlotOf(b.Ts) == Worlds.Slot(slot))));
            var features = await market.Features(Worlds.Slot(slot + 1), null);
            features.Readiness.ShouldBe(Readiness.Ready);
            Reference.MarketPart(features.Values).ShouldBe(expected[Worlds.Slot(slot + 1)].Market);
            var outcome = await market.Outcome(Worlds.Slot(slot));
            outcome.Readiness.ShouldBe(Readiness.Ready);
            outcome.NetPct.ShouldBe(Reference.NetPct(expected[Worlds.Slot(slot + 1)].Label));
        }
    }

    [Fact]
    public async Task Bars_in_any_order_and_twice_give_the_market_of_the_ordered_ones()
    {
        var ordered = Market(out _);
        await ordered.Append(Worlds.Messages(Bars));
        var shuffled = Market(out var symbol);
        var random = new Random(4);
        var pieces = Bars.Chunk(300).Select(chunk => chunk.OrderBy(_ => random.Next()).ToArray()).OrderBy(_ => random.Next()).ToArray();
        foreach (var piece in pieces)
            (await shuffled.Append(Worlds.Messages(piece))).Accepted.ShouldBe(piece.Length);
        var again = await shuffled.Append(Worlds.Messages(pieces[2]));
        (again.Accepted, again.Unchanged).ShouldBe((0, pieces[2].Length));

        await ShouldEqual(shuffled, ordered);
        (await Stored(symbol)).ShouldBe(Bars);
        (await silo.Store.Bars.Read(symbol, 0, long.MaxValue, int.MaxValue, Token)).ShouldAllBe(b => b.Revision == 0);
    }

    [Fact]
    public async Task Of_several_contents_for_one_time_in_a_batch_the_last_given_counts()
    {
        var market = Market(out var symbol);
        var batch = Bars[..60].SelectMany(b => new[] { Worlds.Changed(b), b with { Close = b.Low, Volume = b.Volume + 7 }, b }).ToArray();
        var result = await market.Append(Worlds.Messages(batch));
        (result.Accepted, result.Unchanged, result.Rejections.Count).ShouldBe((60, 120, 0));
        (await Stored(symbol)).ShouldBe(Bars[..60]);
    }

    [Fact]
    public async Task A_restart_gives_the_same_bits_as_running_on()
    {
        var running = Market(out var one);
        var restarted = Market(out var two);
        var cut = Bars.Length - (2 * Worlds.Grid.BarsPerSlot) + 13;
        foreach (var market in (IMarketGrain[])[running, restarted])
            await market.Append(Worlds.Messages(Bars[..cut]));
        await TestSilo.Restart(restarted);
        foreach (var market in (IMarketGrain[])[running, restarted])
            await market.Append(Worlds.Messages(Bars[cut..]));
        await ShouldEqual(restarted, running);
        (await States(two)).ShouldBe(await States(one));
        var before = await restarted.Features(End, null);
        await TestSilo.Restart(restarted);
        await ShouldEqual(restarted, running, snapshots: 1);
        (await restarted.Features(End, null)).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task A_revised_old_bar_changes_all_that_follows_as_if_it_had_always_been_so()
    {
        var at = Bars.Length - (3 * Worlds.Grid.BarsPerSlot) - 7;
        var revised = (Bar[])Bars.Clone();
        revised[at] = Worlds.Changed(Bars[at]);
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Bars));
        var result = await market.Append([Worlds.Message(revised[at])]);
        result.Accepted.ShouldBe(1);

        var fresh = Market(out var other);
        await fresh.Append(Worlds.Messages(revised));
        await ShouldEqual(market, fresh);
        (await States(symbol)).ShouldBe(await States(other));
        (await silo.Store.Bars.Read(symbol, revised[at].Ts, revised[at].Ts + 1, 1, Token)).Single().Revision.ShouldBe(1);
        // A later restart starts from rows of the revised market, too.
        await TestSilo.Restart(market);
        await ShouldEqual(market, fresh, snapshots: 1);
    }

    [Fact]
    public async Task A_crash_between_a_revised_bar_and_its_labels_is_healed_by_the_next_activation()
    {
        var at = Bars.Length - (3 * Worlds.Grid.BarsPerSlot) - 7;
        var revised = (Bar[])Bars.Clone();
        revised[at] = Worlds.Changed(Bars[at]);
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Bars));
        silo.Slots.Writes.Refuse(50);
        await Should.ThrowAsync<Exception>(() => market.Append([Worlds.Message(revised[at])]));
        silo.Slots.Writes.Clear();
        await TestSilo.Restart(market);

        var fresh = Market(out var other);
        await fresh.Append(Worlds.Messages(revised));
        await ShouldEqual(market, fresh, snapshots: 1);
        (await States(symbol)).ShouldBe(await States(other));
    }

    [Fact]
    public async Task A_hole_makes_its_windows_incomplete_and_is_never_filled_with_made_up_bars()
    {
        var hole = Bars.Length - (2 * Worlds.Grid.BarsPerSlot) - 5;
        var holed = Bars[..hole].Concat(Bars[(hole + 9)..]).ToArray();
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(holed));
        var expected = Reference.Of(holed);
        foreach (var (ts, slot) in expected.Where(e => e.Key > End - (5 * Worlds.Grid.SlotMs)))
        {
            var outcome = await market.Outcome(ts - Worlds.Grid.SlotMs);
            outcome.Readiness.ShouldBe(slot.Label.Complete ? Readiness.Ready : Readiness.Gap);
            outcome.NetPct.ShouldBe(slot.Label.Complete ? Reference.NetPct(slot.Label) : []);
        }
        expected.Count(e => !e.Value.Label.Complete && e.Key > End - (5 * Worlds.Grid.SlotMs)).ShouldBe(2);
        (await Stored(symbol)).ShouldBe(holed);
        (await market.Features(Worlds.Grid.SlotOf(Bars[hole + 9].Ts), null)).Readiness.ShouldBe(Readiness.Gap);

        // The missing bars come after all.
        await market.Append(Worlds.Messages(Bars[hole..(hole + 9)]));
        var whole = Market(out _);
        await whole.Append(Worlds.Messages(Bars));
        await ShouldEqual(market, whole);
    }

    [Fact]
    public async Task A_marked_hole_at_the_end_of_the_bars_is_an_answer_before_and_after_a_restart()
    {
        var market = Market(out var symbol);
        var cut = Bars.Length - (2 * Worlds.Grid.BarsPerSlot) - 5;
        await market.Append(Worlds.Messages(Bars[..cut]));
        (await market.Outcome(End - (2 * Worlds.Grid.SlotMs))).Readiness.ShouldBe(Readiness.NotYet);
        await market.MarkGap(new GapMessage(Bars[cut].Ts, End - Worlds.Grid.SlotMs + Worlds.Grid.BarMs, "trading is halted"));
        for (var i = 0; i < 2; i++)
        {
            (await market.Outcome(End - (2 * Worlds.Grid.SlotMs))).Readiness.ShouldBe(Readiness.Gap);
            (await market.Features(End - Worlds.Grid.SlotMs, null)).Readiness.ShouldBe(Readiness.Gap);
            (await market.Outcome(End - Worlds.Grid.SlotMs)).Readiness.ShouldBe(Readiness.NotYet);
            await TestSilo.Restart(market);
        }
        (await Stored(symbol)).ShouldBe(Bars[..cut]);
        // A revised bar does not make the market forget the hole either.
        await market.Append([Worlds.Message(Worlds.Changed(Bars[cut - 1]))]);
        (await market.Outcome(End - (2 * Worlds.Grid.SlotMs))).Readiness.ShouldBe(Readiness.Gap);
    }

    [Fact]
    public async Task Later_bars_do_not_change_the_features_of_an_earlier_slot()
    {
        var market = Market(out _);
        var base1 = End - Worlds.Grid.SlotMs;
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts < base1)));
        var before = await market.Features(base1, null);
        before.Readiness.ShouldBe(Readiness.Ready);
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts >= base1).Select(b => Worlds.Changed(b))));
        await market.AddEmbedding(new EmbeddingMessage(base1, null, "news", null, Values(1), "test", null));
        (await market.Features(base1, null)).Values.ShouldBe(before.Values);
        (await market.Features(End, null)).Values.ShouldNotBe(before.Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hole_whose_bars_came_is_not_missing_though_the_first_try_to_say_so_failed(bool repeated)
    {
        var market = Market(out var symbol);
        // The hole lies in the slot that runs, so that no stored slot changes.
        var hole = Bars.Length - 20;
        await market.Append(Worlds.Messages(Bars[..hole]));
        await market.MarkGap(new GapMessage(Bars[hole].Ts, Bars[hole + 9].Ts, "lost"));
        await market.Append(Worlds.Messages(Bars[(hole + 9)..^5]));
        silo.Bars.Fills.Refuse();
        await Should.ThrowAsync<Exception>(() => market.Append(Worlds.Messages(Bars[hole..(hole + 9)])));
        if (repeated)
            (await market.Append(Worlds.Messages(Bars[hole..(hole + 9)]))).Unchanged.ShouldBe(9);
        else
            await TestSilo.Restart(market);
        (await market.Cursor()).LastTs.ShouldBe(Bars[^6].Ts);
        (await silo.Store.Bars.ReadGaps(symbol, 0, long.MaxValue, Token)).ShouldBeEmpty();
        var repaired = (await silo.Store.Bars.ReadRepairedGaps(symbol, 0, long.MaxValue, Token)).ShouldHaveSingleItem();
        (repaired.FromTs, repaired.ToTs).ShouldBe((Bars[hole].Ts, Bars[hole + 9].Ts));
    }

    [Theory]
    [InlineData("off the grid", "multiple")]
    [InlineData("from the future", "future")]
    [InlineData("no number", "not a finite number")]
    [InlineData("high below low", "below low")]
    [InlineData("negative volume", "negative")]
    public async Task A_bad_bar_is_refused_by_its_rule_and_harms_no_other(string fault, string rule)
    {
        var market = Market(out var symbol);
        var good = Bars[..3];
        var bad = fault switch
        {
            "off the grid" => Bars[1] with { Ts = Bars[1].Ts + 1 },
            "from the future" => Bars[1] with { Ts = End + (50 * Worlds.Grid.SlotMs) },
            "no number" => Bars[1] with { Close = double.NaN },
            "high below low" => Bars[1] with { High = Bars[1].Low / 2 },
            _ => Bars[1] with { Volume = -1, TakerBuyVolume = -2 },
        };
        var result = await market.Append(Worlds.Messages([good[0], bad, good[1], good[2]]));
        result.Accepted.ShouldBe(3);
        var rejection = result.Rejections.ShouldHaveSingleItem();
        rejection.Index.ShouldBe(1);
        rejection.Rule.ShouldContain(rule);
        (await Stored(symbol)).ShouldBe(good);
    }

    [Fact]
    public async Task A_refused_write_leaves_nothing_behind_and_the_repeat_takes_all()
    {
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Bars[..^50]));
        silo.Bars.Writes.Refuse();
        await Should.ThrowAsync<Exception>(() => market.Append(Worlds.Messages(Bars[^50..])));
        (await market.Cursor()).LastTs.ShouldBe(Bars[^51].Ts);
        (await market.Append(Worlds.Messages(Bars[^50..]))).Accepted.ShouldBe(50);
        (await Stored(symbol)).ShouldBe(Bars);
        await ShouldEqualBatch(market);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_taken_once()
    {
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Bars[..^50]));
        silo.Bars.Writes.LoseAnswer();
        await Should.ThrowAsync<Exception>(() => market.Append(Worlds.Messages(Bars[^50..])));
        var again = await market.Append(Worlds.Messages(Bars[^50..]));
        (again.Accepted, again.Unchanged).ShouldBe((0, 50));
        // Another content for a bar of that write is a revision, not a second truth in memory.
        var changed = Worlds.Changed(Bars[^1]);
        (await market.Append([Worlds.Message(changed)])).Accepted.ShouldBe(1);
        (await Stored(symbol))[^1].ShouldBe(changed);
        var stored = await silo.Store.Bars.Read(symbol, changed.Ts, changed.Ts + 1, 1, Token);
        stored.Single().Revision.ShouldBe(1);
        await market.Append([Worlds.Message(Bars[^1])]);
        await ShouldEqualBatch(market);
    }

    [Fact]
    public async Task A_store_that_fails_while_the_past_is_run_over_again_does_not_cut_the_market_short()
    {
        var market = Market(out _);
        await market.Append(Worlds.Messages(Bars[..^40]));
        var at = Bars.Length - 90;
        silo.Bars.Streams.Before(() => Task.CompletedTask);
        silo.Bars.Streams.Refuse();
        await Should.ThrowAsync<Exception>(() => market.Append([Worlds.Message(Worlds.Changed(Bars[at]))]));
        await market.Append([Worlds.Message(Bars[at])]);
        await market.Append(Worlds.Messages(Bars[^40..]));
        await ShouldEqualBatch(market);
    }

    [Fact]
    public async Task Labels_that_could_not_be_stored_are_stored_with_the_next_append()
    {
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Bars[..^40]));
        silo.Slots.Writes.Refuse(3);
        await Should.ThrowAsync<Exception>(() => market.Append(Worlds.Messages(Bars[^40..])));
        silo.Slots.Writes.Clear();
        (await market.Append(Worlds.Messages(Bars[^40..]))).Unchanged.ShouldBe(40);
        (await silo.Store.Slots.Read(symbol, 0, long.MaxValue, int.MaxValue, Token)).Count.ShouldBe(Slots);
        await ShouldEqualBatch(market);
    }

    [Fact]
    public async Task An_ingested_embedding_survives_a_rebuild_of_the_past()
    {
        var market = Market(out var symbol);
        var old = End - (20 * Worlds.Grid.SlotMs);
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts < old - Worlds.Grid.BarMs)));
        (await market.AddEmbedding(new EmbeddingMessage(old, "mine", null, Values(3), null, "mine", old))).ShouldBeNull();
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts >= old - Worlds.Grid.BarMs)));
        var bar = Bars.First(b => b.Ts == old - (5 * Worlds.Grid.BarMs));
        await market.Append([Worlds.Message(Worlds.Changed(bar))]);
        await foreach (var row in silo.Store.Embeddings.Stream(symbol, old, old + 1, Token))
            (row.TextA, row.Model, row.A![0]).ShouldBe(("mine", "mine", Values(3)[0]));
    }

    [Fact]
    public async Task An_embedding_is_used_from_the_instant_it_is_known_on()
    {
        var market = Market(out _);
        var base1 = End - Worlds.Grid.SlotMs;
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts < base1)));
        (await market.AddEmbedding(new EmbeddingMessage(base1, null, "b", null, Values(2), "test", base1 + 1))).ShouldBeNull();
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts >= base1)));
        var b = Worlds.Schema.EmbeddingB;
        (await market.Features(base1, null)).Values[b.Offset..b.End].ShouldAllBe(v => v == 0);
        (await market.Features(End, null)).Values[b.Offset..b.End].ShouldContain(v => v != 0);
    }

    [Fact]
    public async Task An_embedding_for_the_past_is_marked_and_no_live_row_had_it_before_it_came_in()
    {
        var market = Market(out var symbol);
        var base1 = End - Worlds.Grid.SlotMs;
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts < base1)));
        var received = silo.Clock.NowMs;
        received.ShouldBe(End);
        (await market.AddEmbedding(new EmbeddingMessage(base1, null, "late", null, Values(2), "test", base1 - 60_000))).ShouldBeNull();
        (await market.AddEmbedding(new EmbeddingMessage(End, null, "in time", null, Values(3), "test", End - 30_000))).ShouldBeNull();
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts >= base1)));

        (await Posted()).Select(e => (e.BaseTs, e.KnownAt, e.ReceivedAt)).ShouldBe([(End, End, null), (base1, base1, received)]);
        var b = Worlds.Schema.EmbeddingB;
        (await market.Features(base1, null)).Values[b.Offset..b.End].ShouldAllBe(v => v == 0);
        var now = await market.Features(End, null);
        now.Values[b.Offset..b.End].ShouldContain(v => v != 0);

        await silo.End(market);
        (await market.Features(End, null)).Hash.ShouldBe(now.Hash);

        async Task<IEnumerable<EmbeddingRecord>> Posted() =>
            (await silo.Grains.GetGrain<IHistoryGrain>(0).Embeddings(symbol, 2)).Where(e => e.HasB);
    }

    [Fact]
    public async Task A_text_that_comes_seldom_is_still_used_after_a_restart()
    {
        var market = Market(out _);
        var old = End - (20 * Worlds.Grid.SlotMs);
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts < old)));
        (await market.AddEmbedding(new EmbeddingMessage(old, null, "news", null, Values(2), "test", old))).ShouldBeNull();
        await market.Append(Worlds.Messages(Bars.Where(b => b.Ts >= old)));
        var before = await market.Features(End, null);
        var b = Worlds.Schema.EmbeddingB;
        before.Values[b.Offset..b.End].ShouldContain(v => v != 0);

        await silo.End(market);

        (await market.Features(End, null)).Hash.ShouldBe(before.Hash);
    }

    [Theory]
    [InlineData("off grid", "slot boundary")]
    [InlineData("too far ahead", "one slot ahead")]
    [InlineData("known in the future", "in the future")]
    [InlineData("empty", "neither")]
    [InlineData("short", "values")]
    [InlineData("not finite", "not a finite number")]
    [InlineData("no model", "model must name")]
    public async Task A_bad_embedding_is_refused_by_its_rule(string fault, string rule)
    {
        if (silo.Clock.NowMs < End)
            silo.GoTo(End);
        var good = new EmbeddingMessage(End, null, null, Values(1), null, "test", null);
        var bad = fault switch
        {
            "off grid" => good with { BaseTs = End + 1 },
            "too far ahead" => good with { BaseTs = End + (2 * Worlds.Grid.SlotMs) },
            "known in the future" => good with { KnownAt = End + 1 },
            "empty" => good with { A = null },
            "short" => good with { A = [1, 2] },
            "not finite" => good with { A = [.. Values(1)[1..], float.NaN] },
            _ => good with { Model = " " },
        };
        var market = Market(out var symbol);
        (await market.AddEmbedding(bad)).ShouldNotBeNull().ShouldContain(rule);
        (await silo.Store.Embeddings.ReadLast(symbol, 1, long.MaxValue, Token)).ShouldBeEmpty();
        (await market.AddEmbedding(good)).ShouldBeNull();
        (await market.AddEmbedding(good with { Model = "other" })).ShouldNotBeNull().ShouldContain("already has");
        (await silo.Store.Embeddings.ReadLast(symbol, 1, long.MaxValue, Token)).Single().Model.ShouldBe("test");
    }

    [Fact]
    public async Task A_young_market_is_warming_up_and_an_empty_one_has_no_bars_yet()
    {
        var market = Market(out _);
        (await market.Features(Worlds.Slot(1), null)).Readiness.ShouldBe(Readiness.NotYet);
        (await market.Cursor()).LastTs.ShouldBeNull();
        await market.Append(Worlds.Messages(Bars[..80]));
        (await market.Features(Worlds.Slot(2), null)).Readiness.ShouldBe(Readiness.WarmingUp);
        (await market.Outcome(Worlds.Slot(1))).Readiness.ShouldBe(Readiness.Gap);
        var cursor = await market.Cursor();
        (cursor.FirstTs, cursor.LastTs, cursor.LastTradeId).ShouldBe((Bars[0].Ts, Bars[79].Ts, Bars[79].LastTradeId));
    }

    private static float[] Values(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 256).Select(_ => random.NextSingle() / 256)];
    }

    private IMarketGrain Market(out string symbol)
    {
        if (silo.Clock.NowMs < End)
            if (silo.Clock.NowMs < End)
                silo.GoTo(End);
        symbol = $"M{Interlocked.Increment(ref symbols)}";
        return silo.Market(symbol);
    }

    private async Task<Bar[]> Stored(string symbol) =>
        [.. (await silo.Store.Bars.Read(symbol, 0, long.MaxValue, int.MaxValue, Token)).Select(b => b.Bar)];

    private async Task<string[]> States(string symbol) =>
        [.. (await silo.Store.Slots.Read(symbol, 0, long.MaxValue, int.MaxValue, Token)).Select(
            r => $"{r.Ts} {r.Complete} {string.Join(',', r.NetPct ?? [])} {Convert.ToHexString(r.State)}")];

    private static async Task ShouldEqualBatch(IMarketGrain market)
    {
        var expected = Reference.Of(Bars);
        var features = await market.Features(End, null);
        features.Readiness.ShouldBe(Readiness.Ready);
        Reference.MarketPart(features.Values).ShouldBe(expected[End].Market);
        for (var slot = Slots - 5; slot < Slots; slot++)
            (await market.Outcome(Worlds.Slot(slot))).NetPct.ShouldBe(Reference.NetPct(expected[Worlds.Slot(slot + 1)].Label));
    }

    private static async Task ShouldEqual(IMarketGrain actual, IMarketGrain expected, int snapshots = 3)
    {
        for (var slot = Slots - snapshots + 1; slot <= Slots; slot++)
        {
            var (a, b) = (await actual.Features(Worlds.Slot(slot), null), await expected.Features(Worlds.Slot(slot), null));
            b.Readiness.ShouldBe(Readiness.Ready);
            a.Readiness.ShouldBe(Readiness.Ready);
            // Text A names its symbol: what stands after the embeddings is comparable between two.
            a.Values[Worlds.Schema.Ages.Offset..].ShouldBe(b.Values[Worlds.Schema.Ages.Offset..]);
            (a.SigmaSlot, string.Join(',', a.Standing)).ShouldBe((b.SigmaSlot, string.Join(',', b.Standing)));
        }
        for (var slot = Slots - 5; slot < Slots; slot++)
            (await actual.Outcome(Worlds.Slot(slot))).NetPct.ShouldBe((await expected.Outcome(Worlds.Slot(slot))).NetPct);
    }
}
