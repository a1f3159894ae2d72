using Hts.Feeds;
using Hts.Symbols;
using Hts.Tests.Cluster;
using Hts.Trades;

namespace Hts.Tests.Feeds;

public sealed class FeedFailoverTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private const string Symbol = "FAIL";
    private const int Trades = 40;

    private static readonly long Start = Worlds.Start + 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_silo_carries_on_from_the_last_stored_trade_when_one_dies()
    {
        silos.GoTo(Start);
        silos.Exchange.Publish(Symbol, At(1));
        (await silos.Grains.GetGrain<ISymbolDirectoryGrain>(0).Add(Symbol)).ShouldBeNull();
        await Eventually(() => silos.Exchange.Carried.Contains(Symbol), "the feed to carry the symbol");
        silos.Exchange.Beat(Start);
        await Eventually(async () => (await silos.Store.Symbols.Find(Symbol, Token))?.FirstSlot is not null, "the symbol to be loaded");
        Play(2, 20);
        await Eventually(async () => (await Bars()).Length > 5, "the first bars");

        var before = silos.Exchange.Connections;
        await silos.KillSiloOf(silos.Grains.GetGrain<IFeedShardGrain>(0));
        silos.Exchange.Publish(Symbol, Enumerable.Range(20, 10).Select(At));
        await Eventually(() => silos.Exchange.Connections > before, "the other silo to connect");
        Play(30, Trades);

        await Eventually(
            async () =>
            {
                // Again and again: the connection that was told before may be gone.
                silos.Exchange.Beat(Worlds.Grid.BarOf(At(Trades - 1).Ts) + Worlds.Grid.BarMs);
                return (await Bars())[^1].LastTradeId == Trades - 1;
            },
            "the last bar");
        (await Bars()).Select(b => b.LastTradeId).ShouldBe(Enumerable.Range(1, Trades - 1).Select(id => (long)id));
    }

    /// <summary>One trade a bar, so that each bar tells which one it holds.</summary>
    private static Trade At(int id) => new(id, id, id, Start + ((id - 1) * Worlds.Grid.BarMs), 100 + id, 1, false);

    private void Play(int from, int to)
    {
        for (var id = from; id < to; id++)
        {
            silos.GoTo(At(id).Ts + Worlds.Grid.BarMs);
            silos.Exchange.Publish(Symbol, At(id));
            silos.Exchange.Send(Symbol, At(id));
            silos.Exchange.Beat(Worlds.Grid.BarOf(At(id).Ts) + Worlds.Grid.BarMs);
        }
    }

    private async Task<Hts.Bars.Bar[]> Bars() =>
        [.. (await silos.Store.Bars.Read(Symbol, 0, long.MaxValue, 1_000, Token)).Select(b => b.Bar)];

    private static Task Eventually(Func<bool> holds, string what) => Eventually(() => Task.FromResult(holds()), what);

    private static async Task Eventually(Func<Task<bool>> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}.");
            await Task.Delay(5, Token);
        }
    }
}
