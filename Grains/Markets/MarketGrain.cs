using Hts.Bars;
using Hts.Embeddings;
using Hts.Features;
using Hts.History;
using Hts.Live;
using Hts.Policies;
using Hts.Slots;
using Hts.Time;
using Hts.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Markets;

/// <summary>
/// A thin door to one symbol's market: checks bars, makes them durable, then lets the market in memory take them. A bar that changes
/// the past rebuilds the market from the newest state before it.
/// </summary>
internal sealed partial class MarketGrain(
    [PersistentState("market", TrainingGrain.Storage)] IPersistentState<MarketProgress> progress,
    IBarStore bars, ISlotStore slots, IEmbeddingStore embeddings, FeatureSchema schema, LivePublisher live, MarketClock clock,
    IOptions<MarketOptions> options, ILogger<MarketGrain> logger) : Grain, IMarketGrain
{
    private const int LiveBars = 4;
    private const int KeptEmbeddings = 8;
    private const int OwedAtOnce = 500;

    private SymbolMarket market = null!;
    private GapFiller gaps = null!;
    private long? firstTs;

    private Grid Grid => schema.Grid;

    private string Symbol => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        market = new SymbolMarket(Symbol, schema, options.Value);
        gaps = new GapFiller(Symbol, bars, Grid, clock);
        if (progress.State.RebuildFrom is { } since)
            await gaps.FillSince(since, cancellationToken);
        foreach (var row in await embeddings.ReadNewest(Symbol, KeptEmbeddings, cancellationToken))
            Shelve(row);
        firstTs = (await bars.Read(Symbol, 0, long.MaxValue, 1, cancellationToken)).Select(b => (long?)b.Bar.Ts).FirstOrDefault();
        await Rebuild(await ChangedFrom(cancellationToken), cancellationToken);
        await StoreOwed();
    }

    public async Task<AppendResult> Append(IReadOnlyList<BarMessage> messages)
    {
        var (sound, rejections) = BarIntake.Check(messages, Grid, clock.NowMs);
        var marked = await gaps.Marked(sound, market.EndTs);
        var (changed, unchanged) = await WithoutRepeats(sound);
        if (changed.Count > 0)
        {
            await RememberChange(changed[0].Bar.Ts, marked.Count > 0);
            await WriteAndTake(changed);
        }
        await FillGaps(sound, marked);
        await StoreOwed();
        return new AppendResult(changed.Count, unchanged, rejections);
    }

    public async Task MarkGap(GapMessage gap)
    {
        await bars.MarkGap(Symbol, new Gap(gap.FromTs, gap.ToTs, gap.Cause, clock.NowMs), CancellationToken.None);
        RunOver(gap.FromTs, gap.ToTs);
        await StoreOwed();
    }

    public Task<FeaturesReply> Features(long baseTs, LeaderReply? leader)
    {
        var snapshot = market.At(baseTs);
        if (snapshot is null)
        {
            return Task.FromResult(
                market.EndTs < baseTs ? NoFeatures(Readiness.NotYet, Reasons.StaleData) : NoFeatures(Readiness.Gap, Reasons.Missed));
        }
        if (snapshot.Own.Length == 0)
        {
            var readiness = snapshot.Readiness.Status == FeatureStatus.WarmingUp ? Readiness.WarmingUp : Readiness.Gap;
            return Task.FromResult(NoFeatures(readiness, snapshot.Readiness.Reason ?? Reasons.Gap));
        }
        var row = market.Row(snapshot, leader?.Returns);
        return Task.FromResult(new FeaturesReply(
            Readiness.Ready, "", row, snapshot.SigmaSlot, snapshot.Standing, FeatureRow.Hash(row), schema.Hash));
    }

    public Task<LeaderReply> LeaderReturns(long baseTs) => Task.FromResult(market.At(baseTs) switch
    {
        null => new LeaderReply(market.EndTs < baseTs ? Readiness.NotYet : Readiness.Gap, []),
        { Returns: [] } => new LeaderReply(Readiness.Gap, []),
        var snapshot => new LeaderReply(Readiness.Ready, snapshot.Returns),
    });

    public async Task<OutcomeReply> Outcome(long baseTs)
    {
        var end = baseTs + Grid.SlotMs;
        if (market.EndTs < end)
            return new OutcomeReply(Readiness.NotYet, "the window's bars are not all there yet", []);
        var row = (await slots.Read(Symbol, end, end + 1, 1, CancellationToken.None)).FirstOrDefault();
        return row switch
        {
            { Complete: true, NetPct: { } net } => new OutcomeReply(Readiness.Ready, "", net),
            null => new OutcomeReply(Readiness.Gap, "the window lies before the stored history", []),
            _ => new OutcomeReply(Readiness.Gap, "the window has missing time or lies within the warm-up", []),
        };
    }

    public async Task<string?> AddEmbedding(EmbeddingMessage message)
    {
        var now = clock.NowMs;
        if (EmbeddingRules.Check(message, Grid, now) is { } rule)
            return rule;
        await foreach (var stored in embeddings.Stream(Symbol, message.BaseTs, message.BaseTs + 1, CancellationToken.None))
        {
            if ((stored.A is not null && message.A is not null) || (stored.B is not null && message.B is not null))
                return $"baseTs {Timestamps.Iso(message.BaseTs)} already has an embedding of that text; the first one known stays";
        }
        var row = EmbeddingRules.ToRow(Symbol, message, now, options.Value.EmbeddingDelaySeconds);
        await embeddings.Write(row, CancellationToken.None);
        Shelve(row);
        return null;
    }

    public Task<FeedCursor> Cursor() => Task.FromResult(
        market.LastBar is { } last ? new FeedCursor(last.Ts, last.Close, last.LastTradeId, firstTs) : new FeedCursor(null, 0, 0, null));

    /// <summary>Leaves out what is stored already, and numbers what changes a stored bar as its next revision.</summary>
    private async Task<(List<StoredBar> Changed, int Unchanged)> WithoutRepeats(List<StoredBar> sound)
    {
        if (sound.Count == 0 || sound[0].Bar.Ts >= market.EndTs)
            return WithUnchanged(BarIntake.Distinct(sound));
        var known = new Dictionary<long, StoredBar>();
        await foreach (var stored in bars.Stream(Symbol, sound[0].Bar.Ts, sound[^1].Bar.Ts + 1, CancellationToken.None))
            known[stored.Bar.Ts] = stored;
        var changed = new List<StoredBar>(sound.Count);
        foreach (var bar in BarIntake.Distinct(sound))
        {
            if (!known.TryGetValue(bar.Bar.Ts, out var before))
            {
                changed.Add(bar);
                continue;
            }
            // A source without ids does not take away the one that the feed goes on from.
            var content = bar.Bar.LastTradeId == 0 ? bar.Bar with { LastTradeId = before.Bar.LastTradeId } : bar.Bar;
            if (before.Bar != content)
                changed.Add(bar with { Bar = content, Revision = Math.Max(bar.Revision, before.Revision + 1) });
        }
        return WithUnchanged(changed);

        (List<StoredBar>, int) WithUnchanged(List<StoredBar> taken) => (taken, sound.Count - taken.Count);
    }

    // Repeated bars count too: the call that stored them may have ended before it came to this.
    private async Task FillGaps(List<StoredBar> sound, IReadOnlyList<Gap> marked)
    {
        try
        {
            await gaps.Fill(sound, marked);
        }
        catch
        {
            // Whoever sent them need not repeat bars that are stored: the next activation ends it.
            DeactivateOnIdle();
            throw;
        }
    }

    // Slot rows of ended slots, or marks of holes, are about to be out of date: a crash must not leave them so.
    private async Task RememberChange(long ts, bool fills)
    {
        if ((ts >= Grid.SlotOf(market.EndTs) && !fills) || progress.State.RebuildFrom <= ts)
            return;
        progress.State.RebuildFrom = ts;
        await progress.WriteStateAsync();
    }

    private async Task WriteAndTake(List<StoredBar> changed)
    {
        try
        {
            await bars.Write(Symbol, changed, CancellationToken.None);
            await Take(changed);
        }
        catch (Exception e) when (e is not StoreBusyException)
        {
            // Bars and memory may disagree now: the next activation reads what is stored.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task Take(List<StoredBar> changed)
    {
        firstTs = Math.Min(firstTs ?? long.MaxValue, changed[0].Bar.Ts);
        if (changed[0].Bar.Ts < market.EndTs)
            await Rebuild(changed[0].Bar.Ts, CancellationToken.None);
        else
            changed.ForEach(stored => market.Take(stored.Bar));
        if (changed.Count > LiveBars)
            return;
        foreach (var stored in changed)
            live.Publish(new LiveMessage("bar", Symbol, stored.ToMessage(), null, null, null, null));
    }

    /// <summary>Restores the newest state at or before an instant and runs over all bars since.</summary>
    private async Task Rebuild(long fromTs, CancellationToken cancellation)
    {
        var since = await RestoreState(fromTs, cancellation);
        await foreach (var row in embeddings.Stream(Symbol, since, long.MaxValue, cancellation))
        {
            if (row.A is not null)
                market.EmbeddedBefore.Add(row.BaseTs);
        }
        await foreach (var stored in bars.Stream(Symbol, since, long.MaxValue, cancellation))
        {
            market.Take(stored.Bar);
            if (market.OwedSlots.Count >= OwedAtOnce)
                await StoreRows();
        }
        market.EmbeddedBefore.Clear();
        if (market.LastBar is null)
            return;
        foreach (var gap in await bars.ReadGaps(Symbol, market.EndTs, long.MaxValue, cancellation))
            RunOver(gap.FromTs, gap.ToTs);
    }

    /// <summary>Runs over a marked hole that begins where the bars end.</summary>
    private void RunOver(long fromTs, long toTs)
    {
        if (fromTs <= market.EndTs && toTs > market.EndTs)
            market.RunTo(toTs);
    }

    private async Task<long> RestoreState(long fromTs, CancellationToken cancellation)
    {
        if (await slots.ReadState(Symbol, schema.Hash, fromTs, cancellation) is not { } row)
        {
            market.Reset();
            return 0;
        }
        var before = await bars.ReadLast(Symbol, SymbolFeatures.RestoreBars(schema), row.Ts, cancellation);
        try
        {
            market.Restore(row, [.. before.Select(b => b.Bar)]);
            return row.Ts;
        }
        catch (InvalidDataException e)
        {
            // The bars are the truth: without a usable state they are all run over again.
            LogStateUnusable(logger, Symbol, e.Message);
            market.Reset();
            return 0;
        }
    }

    private async Task StoreOwed()
    {
        await StoreRows();
        await TakeChange();
        if (progress.State.RebuildFrom is null)
            return;
        progress.State.RebuildFrom = null;
        await progress.WriteStateAsync();
    }

    private async Task StoreRows()
    {
        await Store(market.OwedSlots, WriteRow);
        await Store(market.OwedEmbeddings, row => embeddings.Write(row, CancellationToken.None));
    }

    // What could not be stored stays owed; a crash before it is stored is healed by running over the bars again.
    private static async Task Store<T>(List<T> owed, Func<T, Task> write)
    {
        while (owed.Count > 0)
        {
            var some = owed.Take(OwedAtOnce).ToArray();
            await Task.WhenAll(some.Select(write));
            owed.RemoveRange(0, some.Length);
        }
    }

    // What was back-filled is new to a live market, whatever time it states.
    private void Shelve(EmbeddingRow row)
    {
        if (row.A is { } a)
            market.AddA(new Embedding(row.BaseTs, row.ReceivedAt ?? row.KnownAt, a));
        if (row.B is { } b)
            market.AddB(new Embedding(row.BaseTs, row.ReceivedAt ?? row.KnownAt, b));
    }

    private static FeaturesReply NoFeatures(Readiness readiness, string reason) => new(readiness, reason, [], 0, [], "", "");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: the stored state is of no use ({Cause}); all bars are run over again")]
    private static partial void LogStateUnusable(ILogger logger, string symbol, string cause);
}
