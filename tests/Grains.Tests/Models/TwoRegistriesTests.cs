using Hts.Bars;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

/// <summary>Two clusters, each with a database of its own, on one bucket.</summary>
public sealed class TwoRegistriesTests(TestSilo first, Databases databases) : IClassFixture<TestSilo>, IAsyncLifetime
{
    private const int Rounds = 25;
    private static readonly Grid Grid = Worlds.Grid;
    private TestSilo second = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestSilo[] Clusters => [first, second];

    public async ValueTask InitializeAsync()
    {
        second = new TestSilo(databases) { Objects = first.Objects };
        await second.InitializeAsync();
    }

    public ValueTask DisposeAsync() => second.DisposeAsync();

    [Fact]
    public async Task Each_epoch_has_one_winner_the_loser_says_so_and_both_end_with_the_same_model()
    {
        List<EpochMessage> won = [];
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var cluster in Clusters)
                await cluster.AddModel(Name(cluster, round), $"model {round} {cluster == first}");
            var replies = await Task.WhenAll(Clusters.Select(
                cluster => Task.Run(() => Registry(cluster).Promote(new PromotionMessage(Name(cluster, round), "race", "ops")), Token)));
            won.AddRange(replies.Select(reply => reply.Epoch).OfType<EpochMessage>());
            replies.Count(reply => reply.Epoch is not null).ShouldBeGreaterThan(0);
            foreach (var reply in replies.Where(reply => reply.Epoch is null))
            {
                reply.Refusal.ShouldBe("Another writer moved the pointer; try again.");
                lost++;
            }
        }
        foreach (var cluster in Clusters)
            await Registry(cluster).Check();

        won.Select(epoch => epoch.Number).Order().ShouldBe(Enumerable.Range(1, won.Count).Select(n => (long)n));
        var records = new EpochHistory(first.Objects, new ObjectLayout());
        foreach (var epoch in won)
            (await records.Read(epoch.Number, Token))!.Version.ShouldBe(epoch.Version);
        (await records.Read(won.Count + 1, Token)).ShouldBeNull();
        var newest = (await records.ReadLatest(Token))!;
        foreach (var cluster in Clusters)
        {
            var serving = (await Registry(cluster).EpochAt(Worlds.Start + (100 * Grid.SlotMs)))!;
            (serving.Number, serving.Version, serving.Sha256).ShouldBe((newest.Number, newest.Version, newest.Sha256));
        }
        (await Losses(first) + await Losses(second)).ShouldBe(lost);
    }

    private static IModelRegistryGrain Registry(TestSilo cluster) => cluster.Grains.GetGrain<IModelRegistryGrain>(0);

    private string Name(TestSilo cluster, int round) => $"{(cluster == first ? "first" : "second")}-{round}";

    private static async Task<int> Losses(TestSilo cluster) => (await cluster.Store.Events.Read(long.MaxValue, null, 500, Token))
        .Count(e => e.Message.Contains("is not promoted: another writer moved the pointer", StringComparison.Ordinal));
}
