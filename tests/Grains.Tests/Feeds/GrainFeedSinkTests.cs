using Hts.Bars;
using Hts.Feeds;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Predictions;
using Hts.Tests.Cluster;
using Hts.Trades;

namespace Hts.Tests.Feeds;

/// <summary>No bar of a feed is lost without a word, whatever the machines' clocks say.</summary>
public sealed class GrainFeedSinkTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const int Behind = 300;

    private static readonly Grid Grid = Worlds.Grid;
    private static int symbols;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IFeedSink Sink => silo.Service<IFeedSink>();

    [Fact]
    public async Task A_bar_that_ends_ahead_of_a_late_clock_is_stored_and_known_at_its_end()
    {
        var (symbol, baseTs) = await Followed();
        var last = Bar.Flat(baseTs - Grid.BarMs, 100, 7);
        await Sink.Append(symbol, [new BarChange(last, 0)], fetched: false);

        (await Stored(symbol)).ShouldBe([new StoredBar(last, baseTs, 0)]);
        // The slot begins by this machine's clock: nothing is predicted before.
        await silo.Grains.GetGrain<IStrategyPredictorGrain>(symbol).SlotEnded(baseTs);
        (await silo.Store.Ledger.Newest(symbol, Roles.Champion, Token)).ShouldBeNull();
        silo.GoTo(baseTs);
        (await silo.Market(symbol).Features(baseTs, null)).Readiness.ShouldBe(Readiness.WarmingUp);
    }

    [Fact]
    public async Task A_bar_too_far_ahead_is_offered_again_until_its_time_has_come()
    {
        var (symbol, baseTs) = await Followed();
        var ahead = new BarChange(Bar.Flat(baseTs + (10 * Grid.BarMs), 100, 9), 0);
        (await Should.ThrowAsync<ExchangeException>(() => Sink.Append(symbol, [ahead], fetched: false))).Message.ShouldContain("clocks");
        (await Stored(symbol)).ShouldBeEmpty();
        silo.GoTo(ahead.Bar.Ts);
        await Sink.Append(symbol, [ahead], fetched: false);
        (await Stored(symbol)).Single().Bar.ShouldBe(ahead.Bar);
        (await Sink.Gaps(symbol, 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bar_that_can_never_be_true_is_a_hole_and_the_others_are_stored()
    {
        var (symbol, baseTs) = await Followed();
        var (before, bad, after) = (Flat(4), Flat(3) with { Close = -1 }, Flat(2));
        await Sink.Append(symbol, [new BarChange(before, 0), new BarChange(bad, 0), new BarChange(after, 0)], fetched: false);

        (await Stored(symbol)).Select(b => b.Bar).ShouldBe([before, after]);
        var gap = (await Sink.Gaps(symbol, 0)).ShouldHaveSingleItem();
        (gap.FromTs, gap.ToTs).ShouldBe((bad.Ts, after.Ts));
        // A bar that is there does not go missing by a bad revision.
        await Sink.Append(symbol, [new BarChange(after with { Volume = -1 }, 1)], fetched: false);
        (await Sink.Gaps(symbol, 0)).ShouldHaveSingleItem();

        Bar Flat(int barsBack) => Bar.Flat(baseTs - (barsBack * Grid.BarMs), 100, 10 - barsBack);
    }

    [Fact]
    public async Task A_symbol_that_was_stopped_and_added_again_has_not_begun_and_its_bars_are_history()
    {
        var (symbol, baseTs) = await Followed();
        (await Sink.HasBegun(symbol)).ShouldBeTrue();
        await silo.Store.Symbols.Stop(symbol, baseTs, Token);
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, FeedShardGrain.SymbolsPerShard, Token);
        (await Sink.HasBegun(symbol)).ShouldBeFalse();
        await Sink.Append(symbol, [new BarChange(Bar.Flat(baseTs - (4 * Grid.BarMs), 100, 7), 0)], fetched: false);
        (await Stored(symbol)).Single().Backfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_missing_is_every_stretch_without_stored_bars()
    {
        var (symbol, baseTs) = await Followed();
        await Sink.Append(symbol, [new BarChange(At(9), 0), new BarChange(At(8), 0), new BarChange(At(5), 0)], fetched: true);
        (await Sink.Missing(symbol, At(10).Ts, At(3).Ts)).ShouldBe(
            [new Hole(At(10).Ts, At(9).Ts), new Hole(At(7).Ts, At(5).Ts), new Hole(At(4).Ts, At(3).Ts)]);
        (await Sink.Missing(symbol, At(9).Ts, At(7).Ts)).ShouldBeEmpty();

        Bar At(int barsBack) => Bar.Flat(baseTs - (barsBack * Grid.BarMs), 100, 10 - barsBack);
    }

    /// <summary>A symbol whose prediction begins with the next slot, shortly before that by this machine's clock.</summary>
    private async Task<(string Symbol, long BaseTs)> Followed()
    {
        var symbol = $"S{Interlocked.Increment(ref symbols)}";
        var baseTs = Grid.SlotAtOrAfter(silo.Clock.NowMs + 1) + Grid.SlotMs;
        silo.GoTo(baseTs - Behind);
        await silo.Store.Symbols.Add(symbol, silo.Clock.NowMs, FeedShardGrain.SymbolsPerShard, Token);
        await silo.Store.Symbols.StartSpan(symbol, baseTs, Token);
        return (symbol, baseTs);
    }

    private Task<IReadOnlyList<StoredBar>> Stored(string symbol) => silo.Store.Bars.Read(symbol, 0, long.MaxValue, 100, Token);
}
