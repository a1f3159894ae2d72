using Hts.Feeds;
using Hts.Ledgers;
using Hts.Policies;
using Hts.Predictions;
using Hts.Symbols;
using Hts.Tests.Cluster;
using Hts.Trades;

namespace Hts.Tests.Symbols;

public sealed class SymbolDirectoryGrainTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const string Name = "SYM";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISymbolDirectoryGrain Directory => silo.Grains.GetGrain<ISymbolDirectoryGrain>(0);

    [Fact]
    public async Task A_symbol_added_at_run_time_is_fed_and_predicted_until_it_is_stopped()
    {
        var now = Worlds.Slot(1) + 301_000;
        silo.GoTo(now);
        silo.Exchange.Publish(Name, At(1, now - 500));
        (await Directory.Add(Name)).ShouldBeNull();
        await Eventually(() => Task.FromResult(silo.Exchange.Carried.Contains(Name)), "the feed to carry the symbol");
        silo.Exchange.Beat(now);
        await Eventually(async () => (await silo.Store.Symbols.Find(Name, Token))?.FirstSlot == Worlds.Slot(2), "the span to begin");

        silo.GoTo(Worlds.Slot(2) + 100);
        silo.Exchange.Publish(Name, At(2, Worlds.Slot(2) - 10));
        silo.Exchange.Send(Name, At(2, Worlds.Slot(2) - 10));
        silo.Exchange.Beat(Worlds.Slot(2));
        await Eventually(
            async () =>
            {
                // Slowly: the bars must come within the minute in which a slot may still be predicted.
                silo.Time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Delay(20, Token);
                return (await Rows()).Length == 1;
            },
            "the first slot's row");
        var row = (await Rows()).Single().Row;
        (row.BaseTs, row.Reason).ShouldBe((Worlds.Slot(2), Reasons.WarmingUp));
        await Eventually(async () => (await Directory.Find(Name))?.State == "live", "the directory to show the feed's state");

        (await Directory.Stop(Name)).ShouldBeTrue();
        (await Directory.Stop(Name)).ShouldBeTrue();
        (await Directory.Find(Name))!.State.ShouldBe("stopped");
        (await silo.Grains.GetGrain<IFeedShardGrain>(0).Status()).ShouldBeEmpty();
        silo.GoTo(Worlds.Slot(4));
        await TestSilo.Remind(silo.Grains.GetGrain<IStrategyPredictorGrain>(Name), "slot");
        (await Rows()).Length.ShouldBe(1);
        (await silo.Store.Symbols.Find(Name, Token))!.StoppedAt.ShouldBe(Worlds.Slot(3));
    }

    [Fact]
    public async Task A_symbol_that_the_exchange_does_not_list_is_refused_by_name()
    {
        (await Directory.Add("NOPE")).ShouldNotBeNull().ShouldContain("NOPE");
        (await Directory.Find("NOPE")).ShouldBeNull();
        (await Directory.Stop("NOPE")).ShouldBeFalse();
    }

    private static Trade At(long id, long ts) => new(id, id, id, ts, 100, 1, false);

    private static async Task Eventually(Func<Task<bool>> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}.");
            await Task.Delay(5, Token);
        }
    }

    private async Task<LedgerEntry[]> Rows() =>
        [.. await silo.Store.Ledger.Read(new LedgerQuery(Name, 0, long.MaxValue, null, false, 100), Token)];
}
