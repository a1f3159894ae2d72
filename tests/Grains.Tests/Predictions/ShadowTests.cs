using Hts.Bars;
using Hts.Features;
using Hts.Forecasts;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Tests.Cluster;

namespace Hts.Tests.Predictions;

public sealed class ShadowTests(ShadowedSilo silo) : IClassFixture<ShadowedSilo>, IAsyncLifetime
{
    private const string Metrics = """{"candidates":[{"name":"average","members":["ridge","mlp"]}]}""";
    private static readonly Grid Grid = Worlds.Grid;
    private static int symbols;
    private string symbol = "";
    private long baseTs;
    private Bar[] bars = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IStrategyPredictorGrain Predictor => silo.Grains.GetGrain<IStrategyPredictorGrain>(symbol);

    public async ValueTask InitializeAsync()
    {
        // The last test's models must not be looked up in this one's.
        await silo.Service<ShadowLineUp>().Refreshed;
        var number = Interlocked.Increment(ref symbols);
        symbol = $"S{number}";
        baseTs = Worlds.Slot(Worlds.WarmSlots) + (number * 86_400_000L);
        bars = Worlds.Walk(Worlds.WarmSlots + 20, seed: 4, Worlds.Start + (number * 86_400_000L));
        silo.GoTo(baseTs - 30_000);
        await Append();
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(symbol, baseTs, Token);
        if (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Current() is null)
        {
            await silo.AddModel("v1", "members");
            (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage("v1", "test"))).Refusal.ShouldBeNull();
            await silo.Store.Models.Write((await silo.AddModel("v2", "members and more")) with { Kind = "average", MetricsJson = Metrics }, Token);
        }
        await Predictor.Start();
        // Ticks wait for no shadow: the first slot calls them up.
        await Reach(0);
        await silo.Service<ShadowLineUp>().Refreshed;
    }

    public async ValueTask DisposeAsync()
    {
        silo.Ledger.Records.Clear();
        await silo.Store.Symbols.Stop(symbol, Grid.SlotAtOrAfter(silo.Clock.NowMs + 1), CancellationToken.None);
        await Predictor.Stop();
    }

    [Fact]
    public async Task Shadows_forecast_the_same_features_as_the_champion_each_in_its_role()
    {
        await Reach(1);
        var rows = await Rows(1);
        rows.Select(r => (r.Row.Role, r.Row.ModelVersion)).ShouldBe(
            [("challenger:average(mlp,ridge)", "v2"), ("challenger:cond", "v1"), ("champion", "v1"), ("cond", "v1"), ("news-blind", "v1"), ("ridge", "v1")],
            ignoreOrder: true);
        rows.Select(r => r.Row.FeaturesHash).Distinct().Count().ShouldBe(1);
        var features = await silo.Market(symbol).Features(Slot(1), null);
        var input = new ForecastInput(features.Values, features.SigmaSlot, features.Standing);
        rows.Single(r => r.Row.Role == "challenger:average(mlp,ridge)").Row.PredictedPct
            .ShouldBe(LinearForecaster.Of("members and more".Length, input).Net.Select(n => n * 100));
        rows.Single(r => r.Row.Role == "ridge").Row.PredictedPct.ShouldBe(LinearForecaster.Of("members".Length - 1, input).Net.Select(n => n * 100));
        float[] blind = [.. features.Values];
        FeatureRow.ClearTexts(Worlds.Schema, blind);
        blind.ShouldNotBe(features.Values);
        rows.Single(r => r.Row.Role == "news-blind").Row.PredictedPct
            .ShouldBe(LinearForecaster.Of("members".Length, input with { Features = blind }).Net.Select(n => n * 100));
        rows.ShouldAllBe(r => r.Row.SigmaSlot == features.SigmaSlot && r.Row.GrossPct != null && r.Row.Stands != null);
        rows.Where(r => r.Row.Role != Roles.Champion).ShouldAllBe(r => r.Row.Epoch == null);
    }

    [Fact]
    public async Task All_rows_of_a_slot_settle_with_the_same_outcome_and_their_own_loss()
    {
        await Reach(1);
        await Reach(3);
        var rows = await Rows(1);
        rows.Count.ShouldBe(6);
        foreach (var row in rows)
        {
            row.Settlement.ShouldNotBeNull().OutcomePct.ShouldBe(rows[0].Settlement!.OutcomePct);
            row.Settlement.Loss.ShouldBe(SlotLosses.Of(row.Row, row.Settlement.OutcomePct!));
            row.Settlement.Loss.ShouldNotBeNull();
        }
        rows.Select(r => r.Settlement!.Loss).Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_shadow_that_fails_costs_the_champion_nothing()
    {
        // The champion asks first; all that come after it are refused.
        silo.Forecaster.Forecasts.Before(() => Task.CompletedTask);
        silo.Forecaster.Forecasts.Throw(() => new InvalidOperationException("not finite"), times: 5);
        await Reach(1);
        var rows = await Rows(1);
        rows.Single(r => r.Row.Role == Roles.Champion).Row.PredictedPct.ShouldNotBeNull();
        rows.Where(r => r.Row.Role != Roles.Champion).ShouldAllBe(r => r.Row.PredictedPct == null && r.Row.Reason == "non-finite output");
    }

    [Fact]
    public async Task Intervals_are_those_that_the_last_week_of_the_ledger_teaches()
    {
        for (var i = 1; i <= 100; i++)
        {
            var past = new LedgerRow(
                symbol, baseTs - (i * Grid.SlotMs), Roles.Champion, "v1", 1, baseTs - ((i - 1) * Grid.SlotMs), new double[6], [-9, -9, -9, -9, -9, -9],
                [9, 9, 9, 9, 9, 9], null, "", null, 0)
            {
                SigmaSlot = 0.01,
                Stands = new int[6],
            };
            await silo.Store.Ledger.Record(past, Token);
            // Errors between 50 and 60 deviations: nothing that the model would say.
            await silo.Store.Ledger.Settle(
                new Settlement(symbol, past.BaseTs, past.Role, [.. Enumerable.Repeat(50 + (i % 11.0), 6)], past.TargetTs, "settled"), Token);
        }
        // Whoever wakes the predictor from here on, it reads all of them.
        await TestSilo.Restart(Predictor);
        for (var slot = 1; slot < 15; slot++)
        {
            await Reach(slot);
            var row = (await Rows(slot)).Single(r => r.Row.Role == Roles.Champion).Row;
            // The holds have no position of their own: theirs is the cell that was taught.
            if (row.LowerPct![4] > row.PredictedPct![4] + (40 * 100 * row.SigmaSlot))
                return;
        }
        Assert.Fail("The intervals have not learned from the ledger.");
    }

    private long Slot(int number) => baseTs + (number * Grid.SlotMs);

    /// <summary>Goes to a moment after a slot's boundary, with all bars there, and ticks.</summary>
    private async Task Reach(int slot)
    {
        silo.GoTo(Slot(slot) + 2_000);
        await Append();
        await Predictor.Predict();
        await TestSilo.Remind(Predictor, "slot");
    }

    private Task<AppendResult> Append() =>
        silo.Market(symbol).Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= silo.Clock.NowMs)));

    private async Task<IReadOnlyList<LedgerEntry>> Rows(int slot) =>
        await silo.Store.Ledger.Read(new LedgerQuery(symbol, Slot(slot), Slot(slot) + 1, null, false, 50), Token);
}
