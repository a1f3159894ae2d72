using Hts.Gates;
using Hts.Ledgers;
using Hts.Tests.Cluster;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Training;

public sealed class AnchorKeeperTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private static int tests;

    // The anchor stays in the database from one test to the next: each is later than those before it.
    private readonly long now = 100 * GateDay.Ms * Interlocked.Increment(ref tests);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_anchor_is_of_the_best_recipe_that_served_for_a_day_and_stays_until_another_is_clearly_better()
    {
        foreach (var (version, kind) in new[] { ("a", "ridge"), ("b", "mlp"), ("c", "trees") })
            await Add(version, kind);

        (await Choose([], now)).ShouldBeNull();
        (await Choose([new("a", 144, 0.010, 1), new("b", 143, 0.9, 2), new("c", 200, 0.009, 3)], now)).ShouldBe("a");
        (await silo.Store.Models.FindAnchor(Token))!.Version.ShouldBe("a");
        (await Choose([new("a", 144, 0.010, 1), new("c", 300, 0.0119, 3)], now + 1)).ShouldBe("a", "by no more than the margin");
        (await Choose([new("a", 144, 0.010, 1), new("c", 300, 0.0121, 3)], now + 2)).ShouldBe("c");
        (await silo.Store.Models.FindAnchor(Token))!.ShouldSatisfyAllConditions(m => m.Version.ShouldBe("c"), m => m.AnchorFrom.ShouldBe(now + 2));
        (await Choose([new("a", 144, 0.010, 1)], now + 3)).ShouldBe("a", "the other has not served for 60 days");
    }

    [Fact]
    public async Task Retrains_that_serve_an_hour_each_are_judged_together_and_one_of_them_stays_the_anchor()
    {
        // Ten days of 24 retrains, each on six slots of five symbols; every second one is of the better recipe.
        var served = new ServedModel[240];
        for (var i = 0; i < served.Length; i++)
        {
            await Add($"hour-{i}", i % 2 == 0 ? "ridge" : "trees");
            served[i] = new($"hour-{i}", 30, i % 2 == 0 ? 0.02 : 0.01, i);
        }

        (await Choose(served, now)).ShouldBe("hour-238", "the newest of the best recipe");
        await Add("later", "ridge");
        (await Choose([.. served[24..], new("later", 30, 0.9, 240)], now + 1)).ShouldBe("hour-238", "a retrain does not take its place");
    }

    private async Task Add(string version, string kind) =>
        await silo.Store.Models.Write((await silo.AddModel(version, version)) with { Kind = kind }, Token);

    private Task<string?> Choose(ServedModel[] served, long at) =>
        new AnchorKeeper(new ServedRecipes(new ServedScores(served), silo.Store.Models), silo.Store.Models, Worlds.Grid, Options.Create(new TrainingScheduleOptions())).Choose(at, Token);

    private sealed class ServedScores(ServedModel[] served) : IRoleScores
    {
        public Task<IReadOnlyList<ServedModel>> Served(long fromTs, long toTs, CancellationToken cancellation)
        {
            (toTs - fromTs).ShouldBe(60 * GateDay.Ms);
            return Task.FromResult<IReadOnlyList<ServedModel>>(served);
        }

        public Task<IReadOnlyList<RoleDay>> Days(
            string role, ServedRecipe champion, string? anchorVersion, long fromTs, long toTs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<RoleFacts> Facts(string role, long fromTs, long toTs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<RoleLoss>> Losses(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SkillDay>> Skill(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
