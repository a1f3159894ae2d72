using Hts.Audits;
using Hts.Bars;
using Hts.Features;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Tests.Cluster;

namespace Hts.Tests.Audits;

public sealed class FeatureRebuildTests(Databases databases) : IAsyncLifetime
{
    private const string Symbol = "REBUILT";
    private static readonly Grid Grid = Worlds.Grid;
    private static readonly int First = Worlds.WarmSlots;

    // Each test has a clock of its own: it does not go back.
    private readonly TestSilo silo = new(databases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => silo.InitializeAsync();

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    [Fact]
    public async Task Live_features_come_out_of_the_tables_to_the_bit_and_what_does_not_is_told_apart()
    {
        var bars = Worlds.Walk(First + 8, seed: 3);
        await Predict(Symbol, bars, slots: 4);
        var rebuild = silo.Service<FeatureRebuild>();

        var sound = await rebuild.Run([Symbol], Worlds.Slot(First), Worlds.Slot(First + 4), Token);
        sound.ShouldSatisfyAllConditions(r => r.Checked.ShouldBe(4), r => r.Changed.ShouldBe(0), r => r.Differing.ShouldBeEmpty());

        // A hash that no features have.
        await Record(Symbol, First + 4, "0");
        await Append(Symbol, bars, First + 5);
        var wrong = await rebuild.Run([Symbol], Worlds.Slot(First), Worlds.Slot(First + 5), Token);
        wrong.Differing.ShouldBe([$"{Symbol} at {Hts.Time.Timestamps.Iso(Worlds.Slot(First + 4))}"]);

        // A bar revised after the predictions explains those behind it.
        var late = bars[((First + 2) * Grid.BarsPerSlot) - 1];
        silo.GoTo(Worlds.Slot(First + 6));
        await silo.Market(Symbol).Append([Worlds.Message(Worlds.Changed(late), revision: 1) with { KnownAt = silo.Clock.NowMs }]);
        var revised = await rebuild.Run([Symbol], Worlds.Slot(First), Worlds.Slot(First + 4), Token);
        revised.ShouldSatisfyAllConditions(r => r.Changed.ShouldBe(2), r => r.Differing.ShouldBeEmpty());

        // Also those of a span that begins behind it.
        var behind = await rebuild.Run([Symbol], Worlds.Slot(First + 3), Worlds.Slot(First + 4), Token);
        behind.ShouldSatisfyAllConditions(r => r.Checked.ShouldBe(1), r => r.Changed.ShouldBe(1), r => r.Differing.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_revised_bar_of_the_leading_symbol_explains_the_rows_of_those_that_follow_it()
    {
        const string follower = "FOLLOWER";
        var leading = Worlds.Walk(First + 5, seed: 7);
        await Predict(follower, Worlds.Walk(First + 5, seed: 8), slots: 4, leading: leading);
        var rebuild = silo.Service<FeatureRebuild>();
        var sound = await rebuild.Run([follower], Worlds.Slot(First), Worlds.Slot(First + 4), Token);
        sound.ShouldSatisfyAllConditions(r => r.Checked.ShouldBe(4), r => r.Changed.ShouldBe(0), r => r.Differing.ShouldBeEmpty());

        silo.GoTo(Worlds.Slot(First + 4));
        var late = leading[((First + 2) * Grid.BarsPerSlot) - 1];
        var revision = Worlds.Message(Worlds.Changed(late), revision: 1) with { KnownAt = silo.Clock.NowMs };
        (await silo.Market(Worlds.Schema.LeaderSymbol).Append([revision])).Rejections.ShouldBeEmpty();
        var revised = await rebuild.Run([follower], Worlds.Slot(First), Worlds.Slot(First + 4), Token);
        revised.ShouldSatisfyAllConditions(r => r.Changed.ShouldBe(2), r => r.Differing.ShouldBeEmpty());
    }

    [Fact]
    public async Task An_embedding_posted_for_the_past_is_not_missed_in_rows_from_before_it_came_in()
    {
        const string name = "POSTED";
        await Predict(name, Worlds.Walk(First + 3, seed: 10), slots: 3);
        silo.GoTo(Worlds.Slot(First + 3));
        var message = new EmbeddingMessage(Worlds.Slot(First + 1), null, "news", null, Text(1), "test", Worlds.Slot(First));
        (await silo.Market(name).AddEmbedding(message)).ShouldBeNull();

        var report = await silo.Service<FeatureRebuild>().Run([name], Worlds.Slot(First), Worlds.Slot(First + 3), Token);

        report.ShouldSatisfyAllConditions(
            r => r.Checked.ShouldBe(3), r => r.Changed.ShouldBe(0), r => r.Differing.ShouldBeEmpty(), r => r.Foreknown.ShouldBeEmpty());
    }

    [Fact]
    public async Task Embeddings_that_always_come_late_excuse_nothing()
    {
        const string name = "LATE";
        var bars = Worlds.Walk(First + 6, seed: 5);
        await Predict(name, bars, slots: 3, late: true);
        var rebuild = silo.Service<FeatureRebuild>();

        // Each slot's row of embeddings is known after it, the market's own text in it was known at it: live and batch agree all the same.
        var sound = await rebuild.Run([name], Worlds.Slot(First), Worlds.Slot(First + 3), Token);
        sound.ShouldSatisfyAllConditions(
            r => r.Checked.ShouldBe(3), r => r.Changed.ShouldBe(0), r => r.Differing.ShouldBeEmpty(), r => r.Foreknown.ShouldBeEmpty());

        // A symbol that no predictor writes rows of. First a hash that no features have, then that of features which hold an embedding
        // that came after their instant.
        const string leak = "LEAK";
        silo.GoTo(Worlds.Slot(First + 4) + 1_000);
        await silo.Market(leak).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= Worlds.Slot(First + 4))));
        await Record(leak, First + 3, "0");
        var features = (await silo.Market(leak).Features(Worlds.Slot(First + 4), null)).Values.ToArray();
        Text(First + 4).CopyTo(Worlds.Schema.EmbeddingB.Of(features.AsSpan()));
        (features[Worlds.Schema.Ages.Offset + 2], features[Worlds.Schema.Ages.Offset + 3]) = (1, 0);
        await Record(leak, First + 4, FeatureRow.Hash(features));
        silo.GoTo(Worlds.Slot(First + 4) + 5_000);
        await Embed(leak, First + 3);
        await Embed(leak, First + 4);

        var wrong = await rebuild.Run([leak], Worlds.Slot(First), Worlds.Slot(First + 5), Token);
        wrong.ShouldSatisfyAllConditions(
            r => r.Changed.ShouldBe(0),
            r => r.Differing.ShouldBe([$"{leak} at {Hts.Time.Timestamps.Iso(Worlds.Slot(First + 3))}"]),
            r => r.Foreknown.ShouldBe([$"{leak} at {Hts.Time.Timestamps.Iso(Worlds.Slot(First + 4))}"]),
            r => r.InWords.ShouldBe("0 differ by what came in later, 1 differ otherwise, 1 knew what came later"));

        // However few are held at once, none is left out.
        foreach (var some in new[] { 1, 2, 5 })
        {
            var paged = new FeatureRebuild(silo.Store.Bars, silo.Store.Slots, silo.Store.Embeddings, silo.Store.Ledger, Worlds.Schema) { RowsAtOnce = some };
            var report = await paged.Run([name, leak], Worlds.Slot(First), Worlds.Slot(First + 3), Token);
            (report.Checked, report.Differing.Count).ShouldBe((3, 0));
            report = await paged.Run([leak], Worlds.Slot(First), Worlds.Slot(First + 5), Token);
            (report.Checked, report.Differing.Count, report.Foreknown.Count).ShouldBe((2, 1, 1));
        }
    }

    private static float[] Text(int slot) => [.. Enumerable.Range(0, 256).Select(i => (i % 7) + slot + 0.5f)];

    private async Task Embed(string symbol, int slot)
    {
        (await silo.Market(symbol).AddEmbedding(new EmbeddingMessage(Worlds.Slot(slot), null, "news", null, Text(slot), "test", null))).ShouldBeNull();
    }

    private Task Record(string symbol, int slot, string hash) => silo.Store.Ledger.Record(
        new LedgerRow(symbol, Worlds.Slot(slot), Roles.Champion, "v1", 1, Worlds.Slot(slot + 1), null, null, null, null, "test", hash, silo.Clock.NowMs), Token);

    private async Task Predict(string symbol, Bar[] bars, int slots, bool late = false, Bar[]? leading = null)
    {
        silo.GoTo(Worlds.Slot(First) - 30_000);
        if (leading is not null)
            await Enrol(Worlds.Schema.LeaderSymbol, leading);
        await Enrol(symbol, bars);
        await silo.AddModel("v1", "four");
        await silo.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage("v1", "test"));
        var predictor = silo.Grains.GetGrain<IStrategyPredictorGrain>(symbol);
        await predictor.Start();
        for (var slot = First; slot < First + slots; slot++)
        {
            if (leading is not null)
                await Append(Worlds.Schema.LeaderSymbol, leading, slot);
            await Append(symbol, bars, slot);
            (await predictor.Predict())!.FeaturesHash.ShouldNotBeNull();
            if (!late)
                continue;
            silo.GoTo(Worlds.Slot(slot) + 5_000);
            await Embed(symbol, slot);
        }
    }

    private async Task Enrol(string symbol, Bar[] bars)
    {
        await silo.Market(symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= silo.Clock.NowMs)));
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(symbol, Worlds.Slot(First), Token);
    }

    private async Task Append(string symbol, Bar[] bars, int slot)
    {
        silo.GoTo(Worlds.Slot(slot) + 1_000);
        await silo.Market(symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= Worlds.Slot(slot) && b.Ts >= Worlds.Slot(slot - 2))));
    }
}
