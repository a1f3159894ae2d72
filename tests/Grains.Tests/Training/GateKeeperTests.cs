using Hts.Events;
using Hts.Gates;
using Hts.Ledgers;
using Hts.Tests.Cluster;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Training;

public sealed class GateKeeperTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const long Noon = (30 * GateDay.Ms) + (GateDay.Ms / 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, GateEvidence.Stored)]
    [InlineData(9, GateEvidence.WalkForward)]
    public async Task Stored_forecasts_are_compared_from_ten_full_days_on(int days, string evidence)
    {
        var input = await Gather(new StoredScores(days, 140), "average");
        input.Evidence.ShouldBe(evidence);
        if (evidence == GateEvidence.Stored)
            (input.Days.Count, input.Days[0].Due, input.Days[0].Scored, input.Coverage, input.GrossIc, input.GrossIcDays, input.NonFinite)
                .ShouldBe((10, 144, 140, 0.91, 0.03, 27, 3));
        else
            (input.Days.Count, input.Coverage).ShouldBe((1, 0.5));
    }

    [Fact]
    public async Task Days_of_which_too_little_was_scored_are_no_evidence() =>
        (await Gather(new StoredScores(14, 100), "average")).Evidence.ShouldBe(GateEvidence.WalkForward);

    [Fact]
    public async Task Forecasts_are_looked_up_by_the_candidates_recipe_over_the_gates_window()
    {
        var scores = new StoredScores(14, 144);
        var input = await Gather(scores, "ridge");
        scores.Asked.ShouldBe([("challenger:ridge", 16 * GateDay.Ms, Noon), ("challenger:ridge", 16 * GateDay.Ms, Noon), ("challenger:ridge", 2 * GateDay.Ms, Noon)]);
        input.SameRecipe.ShouldBeFalse();
        (await Gather(scores, "cond")).SameRecipe.ShouldBeTrue("the champion is a cond too");
    }

    private async Task<GateInput> Gather(IRoleScores scores, string kind)
    {
        await silo.AddModel("champion", "x");
        var past = new GateInput
        {
            ChallengerVersion = "v2",
            ChampionVersion = "champion",
            Evidence = GateEvidence.WalkForward,
            DecidedAt = Noon,
            Days = [new GateDay(0, 144, 144, 1, 1, 1, null)],
            NonFinite = 1,
            Coverage = 0.5,
        };
        var options = Options.Create(new TrainingScheduleOptions());
        var anchors = new AnchorKeeper(scores, silo.Store.Models, Worlds.Grid, options);
        var keeper = new GateKeeper(scores, anchors, silo.Store.Models, silo.Store.TrainingRuns, silo.Service<EventLog>(), Worlds.Grid, options);
        return await keeper.Gather(new TrainingResult("v2", kind, "file:x", "", [], "{}", past), Token);
    }

    /// <summary>The last days before noon, each scored alike.</summary>
    private sealed class StoredScores(int days, int scored) : IRoleScores
    {
        public List<(string Role, long From, long To)> Asked { get; } = [];

        public Task<IReadOnlyList<RoleDay>> Days(
            string role, string? anchorVersion, long fromTs, long toTs, CancellationToken cancellation)
        {
            Asked.Add((role, fromTs, toTs));
            return Task.FromResult<IReadOnlyList<RoleDay>>(
                [.. Enumerable.Range(0, days).Select(i => new RoleDay((30 - days + i) * GateDay.Ms, 1, scored, 0.5, 0.4, 0.6, null))]);
        }

        public Task<RoleFacts> Facts(string role, long fromTs, long toTs, CancellationToken cancellation)
        {
            Asked.Add((role, fromTs, toTs));
            return Task.FromResult(new RoleFacts(1000, 2, 0.91, 0.03, 27));
        }

        public Task<IReadOnlyList<ServedModel>> Served(long fromTs, long toTs, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<ServedModel>>([]);

        public Task<IReadOnlyList<RoleLoss>> Losses(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SkillDay>> Skill(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
