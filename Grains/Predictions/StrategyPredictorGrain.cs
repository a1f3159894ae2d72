using System.Data.Common;
using Hts.Bars;
using Hts.Drift;
using Hts.History;
using Hts.Ledgers;
using Hts.Live;
using Hts.Markets;
using Hts.Policies;
using Hts.Strategies;
using Hts.Symbols;
using Hts.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

/// <summary>
/// Works out from the ledger which slots of its symbol lack a row and which rows lack a settlement, does both, and returns. The
/// reminder makes that certain, the feed's word at a slot's end makes it prompt; either may come twice or not at all.
/// </summary>
internal sealed partial class StrategyPredictorGrain(
    ISymbolStore symbols, ILedger ledger, SlotForecaster slots, IntervalHistory history, StrategySet strategies, LivePublisher live, DriftWatch drift, MarketClock clock, Grid grid,
    IOptions<PredictionOptions> options, ILogger<StrategyPredictorGrain> logger) : Grain, IStrategyPredictorGrain, IRemindable
{
    private const string EachSlot = "slot";
    private const int RowsAtOnce = 64;
    private const int UnsettledAtOnce = 500;
    private const int LongestRetryDoublings = 6;

    private readonly PredictionOptions options = options.Value;
    private readonly SymbolIntervals intervals = history.Make();
    private SymbolRecord? record;
    private LedgerRow? newest;
    private long nextSlot;
    private long waitedFor = long.MinValue;

    /// <summary>When the ledger is next asked what is open, market ms: the least value for the next tick, the greatest for never.</summary>
    private long settleAt = long.MinValue;

    private long activeSince;
    private int failures;

    private string Symbol => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        activeSince = clock.NowMs;
        await ReadProgress();
        ArmCadence();
        _ = RestoreIntervals();
    }

    public async Task Start()
    {
        await CloseSpan();
        await ReadProgress();
        var period = TimeSpan.FromMilliseconds(grid.SlotMs);
        var due = TimeSpan.FromMilliseconds(grid.SlotAtOrAfter(clock.NowMs + 1) - clock.NowMs);
        await this.RegisterOrUpdateReminder(EachSlot, due, period);
        ArmCadence();
    }

    public async Task Stop()
    {
        await ReadProgress();
        await Tick();
    }

    public Task SlotEnded(long baseTs) => Tick();

    public Task ReceiveReminder(string reminderName, TickStatus status) => Tick();

    public async Task<PredictionMessage?> Predict()
    {
        if (nextSlot <= clock.NowMs)
            await Tick();
        return record is { Active: true } && newest is { } row && row.BaseTs >= record.FirstSlot && row.TargetTs > clock.NowMs ? row.ToMessage(strategies) : null;
    }

    public Task<PredictionMessage?> Newest() => Task.FromResult(newest?.ToMessage(strategies));

    private async Task ReadProgress()
    {
        record = await symbols.Find(Symbol, CancellationToken.None);
        newest = await ledger.Newest(Symbol, Roles.Champion, CancellationToken.None);
        var first = record?.FirstSlot ?? long.MaxValue;
        nextSlot = newest is null || first == long.MaxValue ? first : Math.Max(first, newest.BaseTs + grid.SlotMs);
        settleAt = long.MinValue;
    }

    // A symbol that starts again leaves no slot of its stopped span behind.
    private async Task CloseSpan()
    {
        if (record is not { Active: false, StoppedAt: { } stop })
            return;
        await PredictDueSlots();
        for (; nextSlot < stop && nextSlot <= clock.NowMs; nextSlot += grid.SlotMs)
            await Record(slots.Explained(Symbol, nextSlot, Reasons.StaleData));
    }

    private async Task Tick()
    {
        if (record is null)
            return;
        try
        {
            await Reconcile();
            failures = 0;
        }
        catch
        {
            // A slot may be predicted for a minute only: the next boundary's tick would come too late.
            ArmRetry(1 << Math.Min(failures++, LongestRetryDoublings));
            throw;
        }
    }

    private async Task Reconcile()
    {
        var waiting = !await PredictDueSlots();
        waiting |= !await SettleDueRows();
        if (waiting)
            ArmRetry(1);
        else
            await EndReminderWhenStopped();
    }

    /// <returns>False when a slot waits for its bars.</returns>
    private async Task<bool> PredictDueSlots()
    {
        var until = record!.Active ? clock.NowMs : Math.Min(clock.NowMs, (record.StoppedAt ?? long.MaxValue) - 1);
        while (nextSlot <= until)
        {
            if (slots.IsTooLate(nextSlot))
            {
                await ExplainMissed(until);
                continue;
            }
            if (await slots.TryMake(Symbol, nextSlot) is not { } rows)
            {
                waitedFor = nextSlot;
                return false;
            }
            await Record(intervals.Fit(rows.Champion));
            nextSlot += grid.SlotMs;
            // The champion's row is durable and told of first: shadows keep no prediction waiting.
            await RecordShadows(rows.Shadows);
        }
        return true;
    }

    private async Task ExplainMissed(long until)
    {
        var rows = new List<LedgerRow>();
        for (; nextSlot <= until && rows.Count < RowsAtOnce && slots.IsTooLate(nextSlot); nextSlot += grid.SlotMs)
            rows.Add(slots.Explained(Symbol, nextSlot, nextSlot == waitedFor ? Reasons.StaleData : Reasons.Missed));
        var first = rows[0].BaseTs;
        try
        {
            await Task.WhenAll(rows.Select(Record));
        }
        catch
        {
            nextSlot = first;
            throw;
        }
        LogMissed(logger, Symbol, rows.Count);
    }

    private async Task Record(LedgerRow row)
    {
        settleAt = Math.Min(settleAt, SettleDue(row));
        if (!await ledger.Record(row, CancellationToken.None))
        {
            // Another activation was first, or the answer to an earlier try was lost: what stands counts.
            newest = await ledger.Newest(Symbol, Roles.Champion, CancellationToken.None);
            return;
        }
        if (newest is null || row.BaseTs > newest.BaseTs)
            newest = row;
        live.Publish(new LiveMessage("prediction", Symbol, null, row.ToMessage(strategies), null, null, null));
    }

    // What is lost here is a slot without that shadow; the champion's row is what must not be missing.
    private async Task RecordShadows(Task<IReadOnlyList<LedgerRow>> rows)
    {
        try
        {
            await Task.WhenAll((await rows).Select(row => ledger.Record(intervals.Fit(row), CancellationToken.None)));
        }
        catch (Exception e) when (e is StoreBusyException or DbException)
        {
            LogShadowsLost(logger, e, Symbol);
        }
    }

    /// <returns>False when a due row waits for its bars.</returns>
    private async Task<bool> SettleDueRows()
    {
        var now = clock.NowMs;
        if (settleAt > now)
        {
            // The ticks of a slot that waits for its bars need not ask the ledger what is open.
            ArmSettling(now);
            return true;
        }
        var open = await ledger.Unsettled(Symbol, UnsettledAtOnce, CancellationToken.None);
        var waiting = false;
        foreach (var slot in open.Where(r => SettleDue(r) <= now).GroupBy(r => r.BaseTs))
            waiting |= !await TrySettle([.. slot], now);
        settleAt = waiting || open.Count == UnsettledAtOnce
            ? long.MinValue
            : open.Select(SettleDue).Where(due => due > now).DefaultIfEmpty(long.MaxValue).Min();
        ArmSettling(now);
        return !waiting;
    }

    private long SettleDue(LedgerRow row) => row.TargetTs + (options.SettleDelaySeconds * 1000L);

    /// <summary>Settles the rows of one slot.</summary>
    private async Task<bool> TrySettle(LedgerRow[] rows, long now)
    {
        var outcome = await GrainFactory.GetGrain<IMarketGrain>(Symbol).Outcome(rows[0].BaseTs);
        // After downtime the bars are still being fetched: the grace counts from when this symbol was taken up again.
        var overdue = now > Math.Max(rows[0].TargetTs, activeSince) + (options.SettleGraceSeconds * 1000L);
        if (outcome.Readiness == Readiness.NotYet && !overdue)
            return false;
        await Task.WhenAll(rows.Select(row => Settle(row, outcome)));
        return true;
    }

    private async Task Settle(LedgerRow row, OutcomeReply outcome)
    {
        var settlement = outcome.Readiness == Readiness.Ready
            ? new Settlement(row.Symbol, row.BaseTs, row.Role, outcome.NetPct, clock.NowMs, "settled") { Loss = SlotLosses.Of(row, outcome.NetPct) }
            : new Settlement(row.Symbol, row.BaseTs, row.Role, null, clock.NowMs, outcome.Readiness == Readiness.NotYet ? "the window's bars never came" : outcome.Reason);
        if (!await ledger.Settle(settlement, CancellationToken.None))
            return;
        if (settlement.OutcomePct is { } came)
            intervals.Observe(row, came);
        if (row.Role == Roles.Champion)
        {
            var entry = new LedgerEntry(row, settlement, 0);
            live.Publish(new LiveMessage("settlement", Symbol, null, entry.ToMessage(strategies), null, null, null));
            if (settlement.OutcomePct is { } outcomePct)
                await drift.Settled(row, outcomePct);
        }
    }

    // Not awaited by any tick: the continuation is a turn of its own, and until then the models' own intervals hold.
    private async Task RestoreIntervals()
    {
        try
        {
            intervals.Restore(await history.Read(Symbol));
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException)
        {
            intervals.Restore([]);
            LogIntervalsLost(logger, e, Symbol);
        }
    }

    private async Task EndReminderWhenStopped()
    {
        if (record!.Active || settleAt < long.MaxValue)
            return;
        cadence?.Dispose();
        if (await this.GetReminder(EachSlot) is { } reminder)
            await this.UnregisterReminder(reminder);
    }
}
