using Hts.Bars;
using Hts.Models;
using Hts.Policies;
using Hts.Predictions;
using Hts.Tests.Cluster;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Predictions;

public sealed class StaleModelTests(Databases databases) : IAsyncLifetime
{
    private const string Symbol = "STALE";
    private static readonly Grid Grid = Worlds.Grid;
    private static readonly int First = Worlds.WarmSlots;

    private readonly TestSilo silo = new(databases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => silo.InitializeAsync();

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    [Fact]
    public async Task A_model_that_is_too_old_predicts_but_nothing_is_picked_on_it()
    {
        var bars = Worlds.Walk(First + 3, seed: 9);
        silo.GoTo(Worlds.Slot(First) - 30_000);
        await silo.Market(Symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= silo.Clock.NowMs)));
        await silo.Store.Symbols.Add(Symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(Symbol, Worlds.Slot(First), Token);
        // So good that it is always picked on, and as old as is allowed at the first slot.
        var model = await silo.AddModel("old", new string('x', 10_000));
        var oldestMs = silo.Service<IOptions<PredictionOptions>>().Value.MaxModelAgeHours * 3_600_000L;
        await silo.Store.Models.Write(model with { CreatedAt = Worlds.Slot(First) - oldestMs }, Token);
        (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage("old", "test"))).Refusal.ShouldBeNull();
        await silo.Grains.GetGrain<IStrategyPredictorGrain>(Symbol).Start();

        var fresh = await Predict(bars, First);
        fresh.Reason.ShouldBe(Reasons.Picked);

        var stale = await Predict(bars, First + 1);
        stale.ShouldSatisfyAllConditions(
            p => p.Reason.ShouldBe(Reasons.StaleModel),
            p => p.Pick.ShouldBeNull(),
            p => p.ModelVersion.ShouldBe("old"),
            p => p.Predicted.ShouldNotBeNull());
    }

    private async Task<PredictionMessage> Predict(Bar[] bars, int slot)
    {
        silo.GoTo(Worlds.Slot(slot) + 1_000);
        await silo.Market(Symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= Worlds.Slot(slot) && b.Ts >= Worlds.Slot(slot - 2))));
        return (await silo.Grains.GetGrain<IStrategyPredictorGrain>(Symbol).Predict()).ShouldNotBeNull();
    }
}
