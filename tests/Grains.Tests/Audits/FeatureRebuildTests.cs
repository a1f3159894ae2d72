using Hts.Audits;
using Hts.Bars;
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

        // A hash that no features have, though an embedding came late.
        await Append(name, bars, First + 3);
        await Record(name, First + 3, "0");
        await Embed(name, First + 3);
        var wrong = await rebuild.Run([name], Worlds.Slot(First), Worlds.Slot(First + 4), Token);
        wrong.Changed.ShouldBe(0);
        wrong.Differing.ShouldBe([$"{name} at {Hts.Time.Timestamps.Iso(Worlds.Slot(First + 3))}"]);
    }

    private static float[] Text(int slot) => [.. Enumerable.Range(0, 256).Select(i => (i % 7) + slot + 0.5f)];

    private async Task Embed(string symbol, int slot)
    {
        silo.GoTo(Worlds.Slot(slot) + 5_000);
        (await silo.Market(symbol).AddEmbedding(new EmbeddingMessage(Worlds.Slot(slot), null, "news", null, Text(slot), "test", null))).ShouldBeNull();
    }

    private Task Record(string symbol, int slot, string hash) => silo.Store.Ledger.Record(
        new LedgerRow(symbol, Worlds.Slot(slot), Roles.Champion, "v1", 1, Worlds.Slot(slot + 1), null, null, null, null, "test", hash, silo.Clock.NowMs), Token);

    private async Task Predict(string symbol, Bar[] bars, int slots, bool late = false)
    {
        silo.GoTo(Worlds.Slot(First) - 30_000);
        await silo.Market(symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= silo.Clock.NowMs)));
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(symbol, Worlds.Slot(First), Token);
        await silo.AddModel("v1", "four");
        await silo.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage("v1", "test"));
        var predictor = silo.Grains.GetGrain<IStrategyPredictorGrain>(symbol);
        await predictor.Start();
        for (var slot = First; slot < First + slots; slot++)
        {
            await Append(symbol, bars, slot);
            (await predictor.Predict())!.FeaturesHash.ShouldNotBeNull();
            if (late)
                await Embed(symbol, slot);
        }
    }

    private async Task Append(string symbol, Bar[] bars, int slot)
    {
        silo.GoTo(Worlds.Slot(slot) + 1_000);
        await silo.Market(symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= Worlds.Slot(slot) && b.Ts >= Worlds.Slot(slot - 2))));
    }
}
