using Hts.Audits;
using Hts.Bars;
using Hts.Ledgers;
using Hts.Models;
using Hts.Predictions;
using Hts.Tests.Cluster;

namespace Hts.Tests.Audits;

public sealed class FeatureRebuildTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const string Symbol = "REBUILT";
    private static readonly Grid Grid = Worlds.Grid;
    private static readonly int First = Worlds.WarmSlots;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_features_come_out_of_the_tables_to_the_bit_and_what_does_not_is_told_apart()
    {
        var bars = Worlds.Walk(First + 8, seed: 3);
        await Predict(bars, slots: 4);
        var rebuild = silo.Service<FeatureRebuild>();

        var sound = await rebuild.Run([Symbol], Worlds.Slot(First), Worlds.Slot(First + 4), Token);
        sound.ShouldSatisfyAllConditions(r => r.Checked.ShouldBe(4), r => r.Changed.ShouldBe(0), r => r.Differing.ShouldBeEmpty());

        // A hash that no features have.
        await silo.Store.Ledger.Record(
            new LedgerRow(Symbol, Worlds.Slot(First + 4), Roles.Champion, "v1", 1, Worlds.Slot(First + 5), null, null, null, null, "test", "0", silo.Clock.NowMs), Token);
        await Append(bars, First + 5);
        var wrong = await rebuild.Run([Symbol], Worlds.Slot(First), Worlds.Slot(First + 5), Token);
        wrong.Differing.ShouldBe([$"{Symbol} at {Hts.Time.Timestamps.Iso(Worlds.Slot(First + 4))}"]);

        // A bar revised after the predictions explains those behind it.
        var late = bars[((First + 2) * Grid.BarsPerSlot) - 1];
        silo.GoTo(Worlds.Slot(First + 6));
        await silo.Market(Symbol).Append([Worlds.Message(Worlds.Changed(late), revision: 1) with { KnownAt = silo.Clock.NowMs }]);
        var revised = await rebuild.Run([Symbol], Worlds.Slot(First), Worlds.Slot(First + 4), Token);
        revised.ShouldSatisfyAllConditions(r => r.Changed.ShouldBe(2), r => r.Differing.ShouldBeEmpty());
    }

    private async Task Predict(Bar[] bars, int slots)
    {
        silo.GoTo(Worlds.Slot(First) - 30_000);
        await silo.Market(Symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= silo.Clock.NowMs)));
        await silo.Store.Symbols.Add(Symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(Symbol, Worlds.Slot(First), Token);
        await silo.AddModel("v1", "four");
        await silo.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage("v1", "test"));
        var predictor = silo.Grains.GetGrain<IStrategyPredictorGrain>(Symbol);
        await predictor.Start();
        for (var slot = 0; slot < slots; slot++)
        {
            await Append(bars, First + slot);
            (await predictor.Predict())!.FeaturesHash.ShouldNotBeNull();
        }
    }

    private async Task Append(Bar[] bars, int slot)
    {
        silo.GoTo(Worlds.Slot(slot) + 1_000);
        await silo.Market(Symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= Worlds.Slot(slot) && b.Ts >= Worlds.Slot(slot - 2))));
    }
}
