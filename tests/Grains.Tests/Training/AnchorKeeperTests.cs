using Hts.Gates;
using Hts.Ledgers;
using Hts.Tests.Cluster;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Training;

public sealed class AnchorKeeperTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const long Now = 100 * GateDay.Ms;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_anchor_is_the_best_that_served_for_a_day_and_stays_until_another_is_clearly_better()
    {
        foreach (var version in new[] { "a", "b", "c" })
            await silo.AddModel(version, version);

        (await Choose([], Now)).ShouldBeNull();
        (await Choose([new("a", 144, 0.010), new("b", 143, 0.9), new("c", 200, 0.009)], Now)).ShouldBe("a");
        (await silo.Store.Models.FindAnchor(Token))!.Version.ShouldBe("a");
        (await Choose([new("a", 144, 0.010), new("c", 300, 0.0119)], Now + 1)).ShouldBe("a", "by no more than the margin");
        (await Choose([new("a", 144, 0.010), new("c", 300, 0.0121)], Now + 2)).ShouldBe("c");
        (await silo.Store.Models.FindAnchor(Token))!.ShouldSatisfyAllConditions(m => m.Version.ShouldBe("c"), m => m.AnchorFrom.ShouldBe(Now + 2));
        (await Choose([new("a", 144, 0.010)], Now + 3)).ShouldBe("a", "the other has not served for 60 days");
    }

    private Task<string?> Choose(ServedModel[] served, long now) =>
        new AnchorKeeper(new ServedScores(served), silo.Store.Models, Worlds.Grid, Options.Create(new TrainingScheduleOptions())).Choose(now, Token);

    private sealed class ServedScores(ServedModel[] served) : IRoleScores
    {
        public Task<IReadOnlyList<ServedModel>> Served(long fromTs, long toTs, CancellationToken cancellation)
        {
            (toTs - fromTs).ShouldBe(60 * GateDay.Ms);
            return Task.FromResult<IReadOnlyList<ServedModel>>(served);
        }

        public Task<IReadOnlyList<RoleDay>> Days(
            string role, string? anchorVersion, long fromTs, long toTs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<RoleFacts> Facts(string role, long fromTs, long toTs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<RoleLoss>> Losses(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SkillDay>> Skill(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
