using Hts.Bars;
using Hts.Forecasts;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Policies;
using Hts.Predictions;
using Hts.Tests.Cluster;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Predictions;

public sealed class StrategyPredictorGrainTests(TestSilo silo) : IClassFixture<TestSilo>, IAsyncLifetime
{
    private const string EachSlot = "slot";
    private static readonly Grid Grid = Worlds.Grid;
    private static readonly int First = Worlds.WarmSlots;
    private static readonly Bar[] Bars = Worlds.Walk(First + 40, seed: 2);
    private static int symbols;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string symbol = "";

    private IStrategyPredictorGrain Predictor => silo.Grains.GetGrain<IStrategyPredictorGrain>(symbol);

    private IMarketGrain Market => silo.Market(symbol);

    // Each test has a symbol of its own and begins a day later: the clock only runs forward.
    private long baseTs;
    private Bar[] bars = [];

    public async ValueTask InitializeAsync()
    {
        var number = Interlocked.Increment(ref symbols);
        symbol = $"P{number}";
        var shift = number * 86_400_000L;
        bars = [.. Bars.Select(b => b with { Ts = b.Ts + shift })];
        baseTs = Worlds.Slot(First) + shift;
        silo.GoTo(baseTs - 30_000);
        await Market.Append(Worlds.Messages(bars.Where(b => b.Ts + Grid.BarMs <= silo.Clock.NowMs)));
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(symbol, baseTs, Token);
        if (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Current() is null)
        {
            await silo.AddModel("v1", "four");
            (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage("v1", "test"))).Refusal.ShouldBeNull();
        }
        await Predictor.Start();
    }

    public async ValueTask DisposeAsync()
    {
        silo.Ledger.Records.Clear();
        silo.Forecaster.Forecasts.Clear();
        // Else the next test's day to come would be a day of missed slots here.
        await silo.Store.Symbols.Stop(symbol, Grid.SlotAtOrAfter(silo.Clock.NowMs + 1), CancellationToken.None);
        await Predictor.Stop();
    }

    [Fact]
    public async Task Each_slot_has_one_champion_row_however_often_it_is_prompted()
    {
        for (var slot = 0; slot < 3; slot++)
        {
            await Reach(slot);
            await Task.WhenAll(
                Predictor.SlotEnded(Slot(slot)), TestSilo.Remind(Predictor, EachSlot), Predictor.Predict(), Predictor.Predict(),
                TestSilo.Remind(Predictor, EachSlot));
        }
        var rows = await Rows();
        rows.Select(r => r.Row.BaseTs).ShouldBe([Slot(0), Slot(1), Slot(2)]);
        rows.ShouldAllBe(r => r.Row.PredictedPct != null && r.Row.Role == Roles.Champion && r.Row.Epoch == 1);
    }

    [Fact]
    public async Task A_prediction_is_the_models_forecast_from_the_markets_features()
    {
        await Reach(0);
        var prediction = await Predictor.Predict();
        var features = await Market.Features(Slot(0), null);
        var forecast = LinearForecaster.Of("four".Length, new ForecastInput(features.Values, features.SigmaSlot, features.Standing));
        prediction.ShouldNotBeNull();
        prediction.Predicted.ShouldBe([.. forecast.Net.Select(n => n * 100)]);
        prediction.FeaturesHash.ShouldBe(features.Hash);
        prediction.Pick.ShouldBe(new SelectionRule().Choose(forecast).Strategy is { } pick ? Worlds.Strategies.Names[pick] : null);
        (await Predictor.Predict()).ShouldBeEquivalentTo(prediction);
        (await Predictor.Newest()).ShouldBeEquivalentTo(prediction);
    }

    [Fact]
    public async Task A_row_that_another_activation_wrote_first_stands_and_is_shown()
    {
        var other = new LedgerRow(
            symbol, Slot(0), Roles.Champion, "other", 1, Slot(1), [1, 2, 3, 4, 5, 6], null, null, null, "from the other", null, silo.Clock.NowMs);
        silo.Ledger.Records.Before(() => silo.Store.Ledger.Record(other, Token));
        await Reach(0);
        var shown = await Predictor.Predict();
        shown!.ModelVersion.ShouldBe("other");
        (await Rows()).Single().Row.Reason.ShouldBe("from the other");
    }

    [Fact]
    public async Task A_recorded_row_whose_answer_was_lost_is_not_recorded_again()
    {
        silo.Ledger.Records.LoseAnswer();
        await Reach(0);
        await Record.ExceptionAsync(() => Predictor.Predict());
        silo.Ledger.Records.Pending.ShouldBe(0);
        var shown = await Predictor.Predict();
        shown!.BaseTs.ShouldBe(Slot(0));
        (await Rows()).Single().Row.CreatedAt.ShouldBe(shown.CreatedAt);
    }

    [Fact]
    public async Task A_failure_at_the_slots_end_is_retried_while_the_slot_may_be_predicted()
    {
        // One more than the boundary's own tick and the call below can meet: the rest is up to the retry.
        silo.Ledger.Records.Refuse(3);
        await Reach(0);
        await Record.ExceptionAsync(() => Predictor.Predict());
        await Until(
            async () =>
            {
                silo.Time.Advance(TimeSpan.FromMilliseconds(10));
                return (await Rows()).Count == 1;
            },
            "the retry to record the row");
        (await Rows()).Single().Row.PredictedPct.ShouldNotBeNull();
    }

    [Fact]
    public async Task Slots_missed_in_downtime_are_explained_once_and_the_running_one_is_predicted()
    {
        await Reach(0);
        await Predictor.Predict();
        await silo.End(Predictor);
        await Reach(30);
        await Predictor.Predict();
        await Predictor.Predict();
        var rows = await Rows();
        rows.Select(r => r.Row.BaseTs).ShouldBe(Enumerable.Range(0, 31).Select(Slot));
        rows[0].Row.PredictedPct.ShouldNotBeNull();
        rows[1..30].ShouldAllBe(r => r.Row.PredictedPct == null && r.Row.Reason == Reasons.Missed);
        rows[30].Row.PredictedPct.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_slot_whose_bars_are_late_waits_for_them_and_is_predicted_within_the_tolerance()
    {
        await Reach(0, withBars: false);
        await Predictor.SlotEnded(Slot(0));
        (await Predictor.Predict()).ShouldBeNull();
        (await Rows()).ShouldBeEmpty();
        silo.GoTo(Slot(0) + 59_000);
        await AppendUntil(Slot(0));
        await Predictor.SlotEnded(Slot(0));
        (await Predictor.Predict())!.Predicted.ShouldNotBeNull();
    }

    [Fact]
    public async Task On_demand_the_running_slot_of_the_running_span_is_given_or_nothing()
    {
        await Reach(0);
        (await Predictor.Predict())!.BaseTs.ShouldBe(Slot(0));
        await Reach(1, withBars: false);
        (await Predictor.Predict()).ShouldBeNull();
        await AppendUntil(Slot(1));
        (await Predictor.Predict())!.BaseTs.ShouldBe(Slot(1));

        await silo.Store.Symbols.Stop(symbol, Slot(2), Token);
        await Predictor.Stop();
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(symbol, Slot(2), Token);
        await Predictor.Start();
        (await Predictor.Predict()).ShouldBeNull();
        await Reach(2);
        (await Predictor.Predict())!.BaseTs.ShouldBe(Slot(2));
    }

    [Fact]
    public async Task A_slot_whose_bars_come_too_late_is_explained_as_stale_data_and_never_predicted()
    {
        await Reach(0, withBars: false);
        await Predictor.Predict();
        silo.GoTo(Slot(0) + 60_001);
        await AppendUntil(Slot(0));
        await Predictor.Predict();
        var row = (await Rows()).Single().Row;
        (row.PredictedPct, row.Reason).ShouldBe((null, Reasons.StaleData));
    }

    [Fact]
    public async Task A_forecast_that_takes_longer_than_the_tolerance_is_explained_not_stored()
    {
        silo.Forecaster.Forecasts.Before(() =>
        {
            silo.GoTo(Slot(0) + 61_000);
            return Task.CompletedTask;
        });
        await Reach(0);
        await Predictor.Predict();
        var row = (await Rows()).Single().Row;
        (row.PredictedPct, row.Reason).ShouldBe((null, Reasons.Missed));
    }

    [Fact]
    public async Task A_prediction_is_settled_after_the_delay_with_the_windows_label()
    {
        await Reach(0);
        await Predictor.Predict();
        await Reach(1);
        await Predictor.Predict();
        (await Rows())[0].Settlement.ShouldBeNull();
        silo.GoTo(Slot(1) + 119_000);
        await TestSilo.Remind(Predictor, EachSlot);
        (await Rows())[0].Settlement.ShouldBeNull();
        silo.GoTo(Slot(1) + 120_000);
        await TestSilo.Remind(Predictor, EachSlot);
        var settled = (await Rows())[0].Settlement;
        var label = Reference.Of(bars.Where(b => b.Ts < Slot(1)))[Slot(1)].Label;
        settled.ShouldNotBeNull();
        settled.Reason.ShouldBe("settled");
        settled.OutcomePct.ShouldBe(Reference.NetPct(label));
        await TestSilo.Remind(Predictor, EachSlot);
        (await Rows())[0].Settlement!.SettledAt.ShouldBe(settled.SettledAt);
    }

    [Fact]
    public async Task Ticks_before_a_settlement_is_due_do_not_ask_the_ledger()
    {
        await Reach(0);
        await Predictor.Predict();
        await TestSilo.Remind(Predictor, EachSlot);
        var asked = silo.Ledger.Asked(symbol);
        silo.GoTo(Slot(1));
        for (var i = 0; i < 3; i++)
            await TestSilo.Remind(Predictor, EachSlot);
        silo.Ledger.Asked(symbol).ShouldBe(asked);
    }

    [Fact]
    public async Task A_late_trades_revision_before_the_settlement_is_in_the_outcome()
    {
        await Reach(0);
        await Predictor.Predict();
        await Reach(1);
        var at = Array.FindIndex(bars, b => b.Ts == Slot(0) + (20 * Grid.BarMs));
        bars[at] = Worlds.Changed(bars[at]);
        await Market.Append([Worlds.Message(bars[at], revision: 1)]);
        silo.GoTo(Slot(1) + 121_000);
        await TestSilo.Remind(Predictor, EachSlot);
        var label = Reference.Of(bars.Where(b => b.Ts < Slot(1)))[Slot(1)].Label;
        (await Rows())[0].Settlement!.OutcomePct.ShouldBe(Reference.NetPct(label));
    }

    [Fact]
    public async Task An_incomplete_window_is_explained_and_has_no_outcome()
    {
        await Reach(0);
        await Predictor.Predict();
        silo.GoTo(Slot(1) + 121_000);
        await Market.Append(Worlds.Messages(bars.Where(b => b.Ts >= Slot(0) + (3 * Grid.BarMs) && b.Ts + Grid.BarMs <= silo.Clock.NowMs)));
        await TestSilo.Remind(Predictor, EachSlot);
        var settlement = (await Rows())[0].Settlement;
        settlement.ShouldNotBeNull();
        settlement.OutcomePct.ShouldBeNull();
        settlement.Reason.ShouldContain("missing time");
    }

    [Fact]
    public async Task A_window_whose_bars_never_come_is_explained_when_the_grace_is_over()
    {
        await Reach(0);
        await Predictor.Predict();
        var grace = silo.Service<IOptions<PredictionOptions>>().Value.SettleGraceSeconds * 1_000L;
        silo.GoTo(Slot(1) + grace - 1_000);
        await TestSilo.Remind(Predictor, EachSlot);
        (await Rows())[0].Settlement.ShouldBeNull();
        silo.GoTo(Slot(1) + grace + 1_000);
        await TestSilo.Remind(Predictor, EachSlot);
        var settlement = (await Rows())[0].Settlement;
        settlement.ShouldNotBeNull();
        settlement.OutcomePct.ShouldBeNull();
        settlement.Reason.ShouldContain("never came");
    }

    [Fact]
    public async Task After_downtime_a_settlement_waits_for_the_history_that_is_being_fetched()
    {
        await Reach(0);
        await Predictor.Predict();
        await silo.End(Predictor);
        silo.GoTo(Slot(12) + 1_000);
        await TestSilo.Remind(Predictor, EachSlot);
        (await Rows())[0].Settlement.ShouldBeNull();
        await AppendUntil(silo.Clock.NowMs);
        await TestSilo.Remind(Predictor, EachSlot);
        (await Rows())[0].Settlement!.OutcomePct.ShouldBe(Reference.NetPct(Reference.Of(bars.Where(b => b.Ts < Slot(1)))[Slot(1)].Label));
    }

    [Fact]
    public async Task A_stopped_symbol_has_no_extra_slot_and_a_started_one_no_missing_slot()
    {
        await Reach(0);
        await Predictor.Predict();
        await silo.Store.Symbols.Stop(symbol, Slot(1), Token);
        await Predictor.Stop();
        await Reach(2);
        await TestSilo.Remind(Predictor, EachSlot);
        (await Predictor.Predict()).ShouldBeNull();
        (await Rows()).Single().Settlement.ShouldNotBeNull();

        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(symbol, Slot(3), Token);
        await Predictor.Start();
        await Reach(3);
        await Predictor.Predict();
        await Reach(4);
        await Predictor.Predict();
        (await Rows()).Select(r => r.Row.BaseTs).ShouldBe([Slot(0), Slot(3), Slot(4)]);
        await foreach (var finding in silo.Store.Audit(Grid, TimeSpan.Zero).Run(Token))
            (finding.Symbol == symbol && finding.Role is not null).ShouldBeFalse(finding.ToString());
    }

    [Fact]
    public async Task A_slot_that_waited_when_its_symbol_was_stopped_is_explained_when_it_starts_again()
    {
        await Reach(0, withBars: false);
        await Predictor.Predict();
        await silo.Store.Symbols.Stop(symbol, Slot(1), Token);
        await Predictor.Stop();
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(symbol, Slot(1), Token);
        await Predictor.Start();
        await Reach(1);
        await Predictor.Predict();
        var rows = await Rows();
        rows.Select(r => r.Row.BaseTs).ShouldBe([Slot(0), Slot(1)]);
        rows[0].Row.Reason.ShouldBe(Reasons.StaleData);
    }

    [Fact]
    public async Task Timers_alone_keep_the_cadence()
    {
        for (var slot = 0; slot < 3; slot++)
        {
            silo.GoTo(Slot(slot) - 1);
            await AppendUntil(Slot(slot) - 1);
            silo.GoTo(Slot(slot));
            await AppendUntil(Slot(slot));
            var count = slot + 1;
            await Until(
                async () =>
                {
                    silo.Time.Advance(TimeSpan.FromMilliseconds(10));
                    return (await Rows()).Count == count;
                },
                $"slot {slot} to be predicted");
        }
        (await Rows()).ShouldAllBe(r => r.Row.PredictedPct != null);
    }

    private static async Task Until(Func<Task<bool>> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}.");
            // The market's time must not run away from a grain that is slow on a busy machine.
            await Task.Delay(5, Token);
        }
    }

    private long Slot(int number) => baseTs + (number * Grid.SlotMs);

    /// <summary>The instant right after a slot's boundary, with the bars up to it.</summary>
    private async Task Reach(int slot, bool withBars = true)
    {
        silo.GoTo(Slot(slot) + 100);
        if (withBars)
            await AppendUntil(Slot(slot));
    }

    private async Task AppendUntil(long ts) => await Market.Append(Worlds.Messages(
        bars.Where(b => b.Ts + Grid.BarMs <= ts && b.Ts >= baseTs - Grid.SlotMs)));

    private async Task<List<LedgerEntry>> Rows() =>
        [.. (await silo.Store.Ledger.Read(new LedgerQuery(symbol, 0, long.MaxValue, null, false, 1_000), Token)).Reverse()];
}
