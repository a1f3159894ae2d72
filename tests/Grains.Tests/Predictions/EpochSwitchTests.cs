using Hts.Bars;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Tests.Cluster;

namespace Hts.Tests.Predictions;

/// <summary>One model for a slot, whichever silo predicts.</summary>
public sealed class EpochSwitchTests(CalmSilos silos) : IClassFixture<CalmSilos>
{
    private const int SymbolsAtMost = 64;
    private static readonly Grid Grid = Worlds.Grid;
    private static readonly int First = Worlds.WarmSlots;
    private static readonly Bar[] Bars = Worlds.Walk(First + 5, seed: 9);

    private readonly List<string> symbols = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_silos_predict_with_a_new_epoch_from_the_same_slot_on()
    {
        silos.GoTo(Worlds.Slot(First) - 30_000);
        await Promote("before");
        await FollowOnBothSilos();
        await Reach(0);
        var promoted = await Promote("after");
        promoted.EffectiveFrom.ShouldBe(Worlds.Slot(First + 1));
        await Reach(1);
        await Reach(2);

        foreach (var symbol in symbols)
        {
            var rows = await silos.Store.Ledger.Read(new LedgerQuery(symbol, 0, long.MaxValue, Roles.Champion, false, 10), Token);
            rows.Select(entry => (entry.Row.BaseTs, entry.Row.ModelVersion, entry.Row.PredictedPct is null)).Reverse().ShouldBe(
            [
                (Worlds.Slot(First), "before", false), (Worlds.Slot(First + 1), "after", false), (Worlds.Slot(First + 2), "after", false),
            ]);
        }
    }

    // Where a grain lives is chance: symbols are added until each silo has one.
    private async Task FollowOnBothSilos()
    {
        HashSet<SiloAddress> homes = [];
        while (homes.Count < 2 && symbols.Count < SymbolsAtMost)
        {
            var symbol = $"TWO{symbols.Count}";
            await Append(symbol);
            await silos.Store.Symbols.Add(symbol, silos.Clock.NowMs, 200, Token);
            await silos.Store.Symbols.StartSpan(symbol, Worlds.Slot(First), Token);
            await Predictor(symbol).Start();
            homes.Add((await silos.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(Predictor(symbol))).ShouldNotBeNull());
            symbols.Add(symbol);
        }
        homes.Count.ShouldBe(2);
    }

    private async Task Reach(int slot)
    {
        silos.GoTo(Worlds.Slot(First + slot) + 100);
        foreach (var symbol in symbols)
        {
            await Append(symbol);
            (await Predictor(symbol).Predict())!.BaseTs.ShouldBe(Worlds.Slot(First + slot));
        }
    }

    private Task<AppendResult> Append(string symbol) =>
        silos.Market(symbol).Append(Worlds.Messages(Bars.Where(b => b.Ts + Grid.BarMs <= silos.Clock.NowMs)));

    private async Task<EpochMessage> Promote(string version)
    {
        await silos.AddModel(version, version);
        return (await silos.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage(version, "test", "ops"))).Epoch.ShouldNotBeNull();
    }

    private IStrategyPredictorGrain Predictor(string symbol) => silos.Grains.GetGrain<IStrategyPredictorGrain>(symbol);
}
